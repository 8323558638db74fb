import { hashOf, seededRandom } from '#demo/seeded.ts'
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
  /** Only this round, as it was drawn in a run from this seed. */
  readonly round?: number
}

type Counts = { tried: number; found: number; named: number; restored: number }

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

/** What was tried in one round, and what came of each. */
type Tried = { readonly attack: Attack; readonly applied: Applied; readonly named: boolean }

type Round = {
  readonly tried: readonly Tried[]
  readonly found: boolean
  readonly restored: boolean
  readonly told: string
}

/** Attack, check, repair, compare; again and again on one house. */
export const createBench = async (house: House) => {
  const { owner, secondFolder, snapshots, platform } = house
  const { keys } = platform.ledger
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

  const strikeAll = (
    drawn: readonly Attack[],
    random: () => number,
  ): Promise<readonly (readonly [Attack, Applied])[]> =>
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

  const round = async (drawn: readonly Attack[], random: () => number): Promise<Round> => {
    const done = await strikeAll(drawn, random)
    if (done.length === 0) return { tried: [], found: true, restored: true, told: '' }
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
    if (!restored) {
      await snapshots.restoreTables('now')
      snapshots.restoreFolder('now')
    }
    return {
      tried: done.map(([attack, applied]) => ({ attack, applied, named: names(report, applied) })),
      found: !report.sound,
      restored,
      told: restored
        ? told(report.findings)
        : `not restored: ${failure ?? ''} ${different.join(', ')}; ${told(report.findings)}`,
    }
  }

  return { check: () => checkLedger(options), round, entries: entries.length }
}

const emptyCounts = (): Counts => ({ tried: 0, found: 0, named: 0, restored: 0 })

const sum = (counts: Iterable<Counts>): Counts => {
  const total = emptyCounts()
  for (const one of counts)
    for (const name of ['tried', 'found', 'named', 'restored'] as const) total[name] += one[name]
  return total
}

const inWords = ({ tried, found, named, restored }: Counts): string =>
  `${tried} tried, ${found} found, ${named} named, ${restored} restored`

/** Everything that was done in a round in which something was missed: by it the round can be done again. */
const tellMiss = (
  tally: Tally,
  { seed, number, from }: { seed: number; number: number; from: number },
  round: Round,
) => {
  tally.say(
    `  MISSED  seed ${seed}, round ${number}, from try ${from} on: ${round.found ? '' : 'nothing found; '}${round.told}`,
  )
  for (const [at, { attack, applied, named }] of round.tried.entries())
    tally.say(
      `          try ${from + at}  ${named ? 'named    ' : 'NOT NAMED'}  ${attack.kind}: ${attack.name}: ${applied.what} ${named ? '' : JSON.stringify(applied.victims)}`,
    )
}

const progressEvery = 5_000

/** Tampers until enough was tried, and says per kind what came of it. */
export const tamper = async (tally: Tally, options: TamperOptions): Promise<void> => {
  const { tries, seed, together, only } = options
  const began = performance.now()
  const house = await openHouse(300)
  try {
    const bench = await createBench(house)
    tally.say(`tampering with a log of ${bench.entries} acts as superuser and in the second folder, seed ${seed}`)
    const honest = await bench.check()
    tally.check('nothing is found before', honest.sound, told(honest.findings))
    const list = only ? attacks.filter(({ kind, name }) => only.test(`${kind}: ${name}`)) : attacks
    // What one home lost the other gives back: so in one round the hand is in one of them alone.
    const inFolder = new Set(fileAttacks)
    const beside = (first: Attack) =>
      list.filter((attack) => !attack.alone && inFolder.has(attack) === inFolder.has(first))
    const counts = new Map(list.map((attack) => [attack, emptyCounts()] as const))
    let tried = 0
    let shown = 0
    const first = options.round ?? 0
    for (let number = first; tried < tries && (options.round === undefined || number === first); number += 1) {
      // By itself, so that it can be done again without those before it.
      const random = seededRandom(hashOf(`${seed} ${number}`))
      // Every sort once, then as it falls.
      const leading = list[number] ?? heaviest(list, random)
      const drawn = leading.alone
        ? [leading]
        : [leading, ...Array.from({ length: together - 1 }, () => heaviest(beside(leading), random))]
      const round = await bench.round(drawn, random)
      for (const { attack, named } of round.tried) {
        const count = counts.get(attack)
        if (!count) continue
        count.tried += 1
        if (round.found) count.found += 1
        if (named) count.named += 1
        if (round.restored) count.restored += 1
      }
      if (!round.found || !round.restored || round.tried.some(({ named }) => !named))
        tellMiss(tally, { seed, number, from: tried }, round)
      tried += round.tried.length
      if (tried - shown < progressEvery) continue
      shown = tried - (tried % progressEvery)
      tally.say(`  ${inWords(sum(counts.values()))}, ${((performance.now() - began) / 1_000).toFixed(0)} s`)
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
    const all = sum(list.map(([, count]) => count))
    if (all.tried === 0) continue
    tally.check(
      `${kind.padEnd(12)} ${inWords(all)}`,
      all.found === all.tried && all.named === all.tried && all.restored === all.tried,
      `${list.filter(([, one]) => one.tried > 0).length} sorts`,
    )
  }
}
