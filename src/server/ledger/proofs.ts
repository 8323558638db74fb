import { z } from 'zod'
import type { RecordAt, shownParts } from '#contract/ledger.ts'
import type { Actor } from '#domain/access/actor.ts'
import { mayReadRecord } from '#domain/ledger/mayReadRecord.ts'
import { kindTitle } from '#domain/ledger/recordRows.ts'
import { recordWords } from '#domain/ledger/recordWords.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { businessDate } from '#server/platform/clock.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { currentSealing, fieldsOf, leafUnder, type SealedEvent } from '#server/platform/seal.ts'
import { type Policy, verifyBundle, writeBundle } from '#translog/bundle.ts'
import { explainFault } from '#translog/explain.ts'
import { toHex } from '#translog/hex.ts'
import { discloseFields } from '#translog/leaf.ts'
import { planInclusion } from '#translog/proof.ts'
import { isBy, readSignatureLine } from '#translog/signedNote.ts'
import { commandRow, eventRow, sealedEventOf } from './journalLine.ts'
import { type Queries, readTiles } from './tiles.ts'
import { policyIn } from './trusted.ts'

/** What tells of which record it is and when it came in, and nothing of what it says or who made it. */
const outline: ReadonlySet<string> = new Set(['kind', 'tenant', 'subject', 'version', 'receivedAt', 'capturedAt'])

/** What is for a wall: what was entered and by which post, not by which account. */
const recordAlone: ReadonlySet<string> = new Set(['kind', 'tenant', 'receivedAt', 'role', 'record'])

const sealedRow = z.object({
  event: eventRow,
  command: commandRow,
  salt: z.instanceof(Buffer).nullable(),
  leaf_hash: z.instanceof(Buffer),
  log: z.number().int().nullable(),
  idx: z.number().int().nullable(),
})

const findRecord = async ({ client }: ReadScope, { tenantId, streamId, version }: RecordAt) => {
  const { rows } = await client.query({
    name: 'ledger-record',
    text: `select to_jsonb(e) as event, to_jsonb(c) || jsonb_build_object('hash', encode(c.hash, 'base64')) as command,
        s.salt, s.leaf_hash, p.log, p.idx
      from core.event e
      join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
      join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
      left join lateral (
        select n.log, n.idx from ledger.log l join ledger.entry n on n.log = l.number and n.leaf_hash = s.leaf_hash
        order by n.log desc limit 1
      ) p on true
      where e.tenant_id = $1 and e.stream_id = $2 and e.version = $3`,
    values: [tenantId, streamId, version],
  })
  return rows[0] && sealedRow.parse(rows[0])
}

type Checkpoint = { readonly size: number; readonly note: string; readonly lines: readonly string[] }

/**
 * The checkpoint to prove by: of the last ones that witnesses have signed the one most of them have, else the last that
 * the log has signed.
 */
const checkpointOver = async (db: Queries, log: number, index: number): Promise<Checkpoint | undefined> => {
  const { rows } = await db.query<Checkpoint>({
    name: 'ledger-checkpoint-over',
    text: `with recent as (
        select g.size from ledger.cosignature g join ledger.witness w on w.name = g.witness
        where g.log = $1 and g.size > $2 order by g.size desc limit 64
      ), cosigned as (select size from recent group by size order by count(*) desc, size desc limit 1)
      select c.size, c.note,
        (select coalesce(array_agg(g.line order by g.witness), '{}') from ledger.cosignature g where g.log = c.log and g.size = c.size) as lines
      from ledger.checkpoint c
      where c.log = $1 and c.hash = 'sha256' and c.size > $2 and c.size = coalesce((select size from cosigned), c.size)
      order by c.size desc limit 1`,
    values: [log, index],
  })
  return rows[0]
}

/** The note with the lines of witnesses that are known by their key today; a line that nobody can judge spoils a proof. */
const withCosignatures = ({ note, lines }: Checkpoint, { witnesses }: Policy): string =>
  note +
  lines
    .filter((line) => {
      const read = readSignatureLine(line.trimEnd())
      return read !== undefined && witnesses.some((witness) => isBy(read, witness))
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('')

/** Which sealing a leaf was made by, the leaf itself says: under any other its hash is another. */
const sealingOf = (event: SealedEvent, salt: Uint8Array, leafHash: Buffer): number | undefined =>
  Array.from({ length: currentSealing }, (_, at) => currentSealing - at).find((sealing) =>
    leafUnder(salt, event, sealing).leafHash.equals(leafHash),
  )

const notFound = refuse({
  code: 'not-found',
  message: '没有这条记录，或者不在您的管辖范围',
  remedy: '从记录所在的页面下载',
})

const notYet = refuse({
  code: 'not-in-log-yet',
  message: '这条记录已收到、已签回执，还没有进存证快照',
  remedy: '一秒后再试；过几分钟仍没有的，看“存证核验”页有没有停止签发',
})

const erased = refuse({
  code: 'record-erased',
  message: '这条记录涉及的个人信息已依法删除，打开它的钥匙也一并删除了，内容不能再出示',
  clause: '个人信息保护法 47',
  remedy: '存证里它的位置还在，别的记录的证明不受影响；以前下载的存证文件仍能核验',
})

const altered = (leaf: string) =>
  refuse({
    code: 'record-altered',
    message: `数据库里的这条记录与收到时存证的不一样（存证编号 ${leaf.slice(0, 8)}）：内容被改动过`,
    remedy: '不要再用这条记录；请系统管理员运行 bihuan ledger fsck 查明，从第二存放处恢复',
  })

const logDamaged = (why: string) =>
  refuse({
    code: 'log-damaged',
    message: `现有的存证推不出签过名的快照：${why}`,
    remedy: '请系统管理员运行 bihuan ledger fsck 查明，从第二存放处恢复',
  })

export type ProofFile = { readonly name: string; readonly text: string }

const words = recordWords()

/** `存证-企业验收-2023-09-10-1a2b3c4d.tlog-proof`: what, when, and the part of the hash that people compare. */
const fileName = ({ type, receivedAt }: SealedEvent, leaf: string, show: (typeof shownParts)[number]): string => {
  const title = (kindTitle(type, words) ?? '记录').replace(/^隐患：/, '').replaceAll(/[^\p{L}\p{N}]/gu, '')
  const parts = [
    '存证',
    title,
    businessDate(new Date(receivedAt)),
    leaf.slice(0, 8),
    ...(show === 'outline' ? ['概要'] : []),
  ]
  return `${parts.join('-')}.tlog-proof`
}

type Asked = RecordAt & { readonly show: (typeof shownParts)[number] }

const disclosed = (fields: object, show: (typeof shownParts)[number]): ReadonlySet<string> => {
  if (show === 'all') return new Set(Object.keys(fields))
  return show === 'record' ? recordAlone : outline
}

/** The evidence file of one record, checked as a stranger would check it before it is handed out. */
export const proofOf = async (
  scope: ReadScope,
  actor: Actor,
  asked: Asked,
  begun: { readonly vkey: string },
): Promise<Outcome<ProofFile>> => {
  const found = await findRecord(scope, asked)
  if (!found) return notFound
  const allowed = mayReadRecord(actor, found.event.kind)
  if (!allowed.ok) return allowed
  const { salt, leaf_hash: leafHash, log, idx } = found
  if (!salt) return erased
  const event = sealedEventOf(found.event, found.command)
  const leaf = toHex(leafHash)
  const sealing = sealingOf(event, salt, leafHash)
  if (sealing === undefined) return altered(leaf)
  const checkpoint = log === null || idx === null ? undefined : await checkpointOver(scope.client, log, idx)
  if (log === null || idx === null || !checkpoint) return notYet
  const plan = planInclusion(idx, checkpoint.size)
  const tiles = await readTiles(scope.client, { log, hash: 'sha256' }, plan.tiles)
  if (tiles.size < plan.tiles.length) return logDamaged('树上缺了一段')
  const fields = fieldsOf(event, sealing)
  const policy = await policyIn(scope.client, log, begun)
  const text = writeBundle({
    disclosure: discloseFields(fields, salt, disclosed(fields, asked.show), nodeSha256),
    index: idx,
    proof: plan.proofFrom(tiles, nodeSha256),
    checkpoint: withCosignatures(checkpoint, policy),
  })
  const verdict = verifyBundle(text, policy, nodeSha256, leaf)
  return verdict.ok
    ? ok({ name: fileName(event, leaf, asked.show), text })
    : logDamaged(explainFault(verdict.fault).message)
}
