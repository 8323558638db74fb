import { seededRandom } from '#demo/seeded.ts'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import type { Finding } from '#server/ledger/fsck/finding.ts'
import { vkeysIn } from '#server/ledger/fsck/keyRing.ts'
import { leafMemory } from '#server/ledger/fsck/leafMemory.ts'
import { repairLedger } from '#server/ledger/fsck/repairLedger.ts'
import type { LedgerReport } from '#server/ledger/fsck/report.ts'
import { openSecondHome } from '#server/ledger/secondHome.ts'
import { capabilities } from '#server/open.ts'
import type { Tally } from '../tally.ts'
import { type Applied, type Attack, createDraw, fileHand, readEntries, type Scene, type Victim } from './attack.ts'
import { fileAttacks } from './files.ts'
import { flips, withTriggersOff } from './flips.ts'
import { type House, openHouse } from './house.ts'
import { insertions } from './insertions.ts'
import { removals } from './removals.ts'
import { rewriting } from './rewriting.ts'
import { asSuperuser, type Digests, differing } from './snapshots.ts'
import { backDating, renumbering, swaps } from './swaps.ts'

export const attacks: readonly Attack[] = [
  ...flips,
  ...withTriggersOff,
  ...removals,
  ...insertions,
  ...swaps,
  ...backDating,
  ...renumbering,
  ...fileAttacks,
  ...rewriting,
]

export type TamperOptions = {
  readonly tries: number
  readonly seed: number
  /** How many attacks on different records before one check; those that reach into everything stand alone. */
  readonly together: number
  /** Draws from these alone. */
  readonly only?: RegExp
}

type Counts = { tried: number; found: number; named: number; restored: number; readonly failures: string[] }

const bears = (finding: Finding, victim: Victim): boolean => {
  if (victim.kind === 'log') return ['rolledBack', 'forked'].includes(finding.kind)
  if (victim.kind === 'place')
    return Object.entries(victim.place).every(([name, value]) => new Map(Object.entries(finding)).get(name) === value)
  const { index, outbox, tenant, stream, version, command } = victim.entry
  if (finding.index === index || finding.outboxId === outbox || finding.commandId === command) return true
  const ofStream = finding.tenantId === tenant && finding.streamId === stream
  return ofStream && (finding.version === version || (finding.version === undefined && finding.table === 'core.stream'))
}

const names = ({ findings }: LedgerReport, { victims }: Applied): boolean =>
  victims.every((victim) => findings.some((finding) => bears(finding, victim)))

const heaviest = (list: readonly Attack[], random: () => number): Attack => {
  const weights = list.map(({ weight = 1 }) => weight)
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  const drawn = list[at]
  if (!drawn) throw new Error('no attack is drawn from')
  return drawn
}

const told = (findings: readonly Finding[]): string =>
  findings.length === 0
    ? 'nothing found'
    : findings
        .slice(0, 3)
        .map(({ message, remedy: _, ...rest }) => JSON.stringify(rest))
        .join(' ')

/** Attack, check, repair, compare; again and again on one house. */
export const createBench = async (house: House, seed: number) => {
  const { owner, secondFolder, snapshots, platform } = house
  const { keys } = platform.ledger
  const random = seededRandom(seed)
  const before = await snapshots.digests()
  const entries = await readEntries(owner)
  const home = await openSecondHome(secondFolder)
  const memory = leafMemory()
  const kept = fileHand(secondFolder).read('public/checkpoint').toString('utf8')
  const { adminUrl } = house
  const options = {
    db: owner,
    home,
    memory,
    vkeyOf: vkeysIn(keys),
  }
  const repair = (checkpoint?: string) =>
    repairLedger({
      ...options,
      adminUrl,
      capabilities,
      now: new Date(),
      ...(checkpoint !== undefined && { checkpoint }),
    })

  const strikeAll = (drawn: readonly Attack[]): Promise<readonly (readonly [Attack, Applied])[]> =>
    asSuperuser(owner, async (client) => {
      const draw = createDraw(random, entries)
      const scene: Scene = { house, client, draw, entries, keys, files: fileHand(secondFolder) }
      const done: (readonly [Attack, Applied])[] = []
      for (const attack of drawn) {
        const applied = await attack.strike(scene)
        if (applied) done.push([attack, applied])
      }
      return done
    })

  const round = async (drawn: readonly Attack[], counts: ReadonlyMap<Attack, Counts>): Promise<number> => {
    const done = await strikeAll(drawn)
    if (done.length === 0) return 0
    // Whoever has the key and both folders is met by a checkpoint that lies elsewhere.
    const elsewhere = done.some(([, { reach }]) => reach === 'both') ? kept : undefined
    const report = await checkLedger({ ...options, ...(elsewhere !== undefined && { checkpoint: elsewhere }) })
    const failure = await repair(elsewhere).then(
      ({ after }) => (after?.sound === true ? undefined : `after the repair: ${told(after?.findings ?? [])}`),
      (error: unknown) => `the repair failed: ${String(error)}`,
    )
    const after: Digests = await snapshots.digests()
    const different = differing(before, after)
    const restored = failure === undefined && different.length === 0
    for (const [attack, applied] of done) {
      const count = counts.get(attack)
      if (!count) continue
      count.tried += 1
      if (!report.sound) count.found += 1
      const named = names(report, applied)
      if (named) count.named += 1
      if (restored) count.restored += 1
      if (!named) count.failures.push(`${applied.what}: not named; ${told(report.findings)}`)
      if (!restored && done.length === 1)
        count.failures.push(`${applied.what}: not restored; ${failure ?? ''} ${different.join(', ')}`)
      if (!restored && done.length > 1)
        count.failures.push(`${applied.what} beside ${done.length - 1} others: not restored; ${different.join(', ')}`)
    }
    if (!restored) {
      await snapshots.restoreTables('now')
      snapshots.restoreFolder('now')
    }
    return done.length
  }

  return { check: () => checkLedger(options), round, random, entries: entries.length }
}

const emptyCounts = (): Counts => ({ tried: 0, found: 0, named: 0, restored: 0, failures: [] })

/** Tampers until enough was tried, and says per kind what came of it. */
export const tamper = async (tally: Tally, { tries, seed, together, only }: TamperOptions): Promise<void> => {
  const began = performance.now()
  const house = await openHouse(300)
  try {
    const bench = await createBench(house, seed)
    tally.say(`tampering with a log of ${bench.entries} acts as superuser and in the second folder, seed ${seed}`)
    const honest = await bench.check()
    tally.check('nothing is found before', honest.sound, told(honest.findings))
    const list = only ? attacks.filter(({ kind, name }) => only.test(`${kind}: ${name}`)) : attacks
    // What one home lost the other gives back: so in one round the hand is in one of them alone.
    const inFolder = new Set(fileAttacks)
    const beside = (first: Attack) =>
      list.filter((attack) => !attack.alone && inFolder.has(attack) === inFolder.has(first))
    const counts = new Map(list.map((attack) => [attack, emptyCounts()] as const))
    const waiting = [...list]
    let tried = 0
    let shown = 0
    while (tried < tries) {
      // Every sort once, then as it falls.
      const first = waiting.shift() ?? heaviest(list, bench.random)
      const drawn = first.alone
        ? [first]
        : [first, ...Array.from({ length: together - 1 }, () => heaviest(beside(first), bench.random))]
      tried += await bench.round(drawn, counts)
      if (tried - shown >= 10_000) {
        shown = tried
        tally.say(`  ${tried} tried, ${((performance.now() - began) / 1_000).toFixed(0)} s`)
      }
    }
    report(tally, counts)
    const seconds = (performance.now() - began) / 1_000
    tally.say(`  ${tried} tries in ${seconds.toFixed(0)} s`)
  } finally {
    await house.close()
  }
}

const report = (tally: Tally, counts: ReadonlyMap<Attack, Counts>): void => {
  for (const [kind, list] of Map.groupBy(counts, ([attack]) => attack.kind)) {
    const sum = (of: (count: Counts) => number) => list.reduce((total, [, count]) => total + of(count), 0)
    const [tried, found, named, restored] = [
      sum((one) => one.tried),
      sum((one) => one.found),
      sum((one) => one.named),
      sum((one) => one.restored),
    ]
    if (tried === 0) continue
    tally.check(
      `${kind.padEnd(12)} ${tried} tried, ${found} found, ${named} named, ${restored} restored`,
      found === tried && named === tried && restored === tried,
      `${list.filter(([, one]) => one.tried > 0).length} sorts`,
    )
    for (const [{ name }, { failures }] of list)
      for (const failure of failures.slice(0, 3)) tally.say(`       ${name}: ${failure} (${failures.length} in all)`)
  }
}
