import { differencesOf } from './differences.ts'
import type { CheckedTable, FindingPlace } from './finding.ts'
import type { Found } from './found.ts'
import type { Broken } from './records.ts'
import type { KnownLog, Scene } from './scene.ts'
import type { Truth } from './truth.ts'
import { keylessWords, nameOf } from './words.ts'

const atOnce = 500

const placeIn = (table: CheckedTable, { index, line }: Truth): FindingPlace & { readonly table: CheckedTable } => {
  const { event, command, outbox } = line
  const stream = { tenantId: event.tenant_id, streamId: event.stream_id, version: event.version }
  switch (table) {
    case 'core.command':
      return { table, index, tenantId: command.tenant_id, commandId: command.id }
    case 'ledger.outbox':
    case 'ledger.entry':
      return { table, index, outboxId: outbox, ...stream }
    default:
      return { table, index, ...stream }
  }
}

const sinceWords = '数据库放回以后又办了别的事，占了它的位置'

/** Row by row, what is not as it was: each row once, though several acts may share it. */
const tellDifferences = async (
  scene: Scene,
  truths: readonly Truth[],
  madeSince: ReadonlySet<Truth>,
): Promise<ReadonlySet<number>> => {
  const named = new Set<number>()
  const commands = new Set<string>()
  for (const { truth, table, columns } of await differencesOf(scene.db, truths)) {
    named.add(truth.index)
    const place = placeIn(table, truth)
    if (table === 'core.command') {
      if (commands.has(place.commandId ?? '')) continue
      commands.add(place.commandId ?? '')
    }
    const name = nameOf(place)
    if (madeSince.has(truth)) {
      scene.tell({
        kind: 'madeSince',
        ...place,
        message: `${name}：${sinceWords}`,
        remedy: '两者只能留一个：用备份重新恢复，接好第二存放处再启动；或者运行 bihuan ledger begin 另起存证',
      })
      continue
    }
    scene.tell({
      kind: columns ? 'rowAltered' : 'rowMissing',
      ...place,
      ...(columns && { columns }),
      message: columns ? `${name}：与封存的不符（${columns.join('、')}）` : `${name}：不在了`,
      restores: truth,
    })
  }
  return named
}

/** Where nothing that verifies is left of a record. */
const lostFinding = ({ index, own, entry, unsigned }: Broken): Found => {
  const event = own.event
  const place = {
    table: entry ? 'core.event' : 'ledger.entry',
    index,
    ...(event && { tenantId: event.tenant_id, streamId: event.stream_id, version: event.version }),
    ...(own.command && { commandId: own.command.id }),
  }
  const name = nameOf(place)
  if (unsigned)
    return {
      kind: 'unsigned',
      ...place,
      message: `${name}：排进了存证，存证密钥却没有签过它的回执：${keylessWords}`,
      remedy: '问办理人是不是办过。不是的：存证不能删，保留现场，查明是谁写进数据库的，在办理中写明这一条不作数',
    }
  return {
    kind: event || entry ? 'rowAltered' : 'rowMissing',
    ...place,
    message: `${name}：与签发的存证不符，第二存放处也没有与存证相符的一份`,
  }
}

/** Names what is wrong with each broken record, and has it put back where it can be. */
export const tellBroken = async (
  scene: Scene,
  log: KnownLog,
  broken: readonly Broken[],
  madeSince: ReadonlySet<Truth>,
): Promise<void> => {
  const truths = broken.flatMap(({ truth }) => truth ?? [])
  const named = new Set<number>()
  for (let at = 0; at < truths.length; at += atOnce)
    for (const index of await tellDifferences(scene, truths.slice(at, at + atOnce), madeSince)) named.add(index)
  for (const one of broken) {
    if (named.has(one.index)) continue
    if (one.index === 0 && log.number > 1 && !one.truth) continue
    scene.tell(
      one.truth
        ? {
            ...lostFinding(one),
            message: `${nameOf({ table: 'ledger.entry', index: one.index })}：与封存的不符`,
            restores: one.truth,
          }
        : lostFinding(one),
    )
  }
}
