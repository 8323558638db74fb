import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { capabilities } from '#server/open.ts'
import { createProgram, type Program } from '#tests/load/program.ts'
import { registerMines } from '#tests/load/register.ts'
import { evidence } from '#tests/support/evidence.ts'
import { bitsOf, flipEveryBit } from './bundleFlips.ts'
import { checkerCanFail } from './checkerCanFail.ts'
import { catchForks, logKey } from './forks.ts'
import { withWitness, witness } from './forkWitness.ts'
import { fillFileStore } from './fullDisk.ts'
import { honestLeaves } from './honest.ts'
import { type Ground, killUnderLoad } from './kills.ts'
import { killMutants } from './mutate.ts'
import { nothingTold } from './persistentClient.ts'
import { replayAcrossKill } from './replayStorm.ts'
import { createTally } from './tally.ts'
import { tamper } from './tamper/run.ts'

/**
 * `npm run faults -- [name …] [--quick | --long] [--kills 20] [--tries 2000] [--seed 1] [--round 7] [--only kind] [--together 16]`:
 * what an acknowledged act survives, and how tampering with it is found. Without names: kills, replays, checker, disk,
 * tamper, forks, flips, mutate. Everything started is ended, everything written is removed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    kills: { type: 'string' },
    tries: { type: 'string' },
    round: { type: 'string' },
    seed: { type: 'string', default: '20230915' },
    only: { type: 'string' },
    together: { type: 'string' },
  },
})
const { quick, long } = values
const kills = Number(values.kills ?? (quick ? 20 : 200))
const clients = 8

const began = performance.now()
const tally = createTally()

/** The program that is shipped, on its own embedded database in a temporary folder: started by the first who needs it. */
let program: Program | undefined
let ground: Promise<Ground> | undefined
const prepare = async (): Promise<Ground> => {
  program = createProgram()
  await program.start()
  return { program, registered: await registerMines(program, clients), told: nothingTold(), tally }
}
const onGround = (): Promise<Ground> => {
  ground ??= prepare()
  return ground
}

const flipBits = (): void => {
  const { bundle, policy } = evidence({ curve: nodeEd25519 })
  const bytes = new TextEncoder().encode(bundle)
  tally.say(`every bit of an evidence file of ${bytes.length} bytes, one at a time`)
  const { tried, accepted } = flipEveryBit(bytes, policy)
  tally.check(`${tried} flips, all refused`, accepted.length === 0 && tried === bitsOf(bytes), accepted.join(' '))
}

const faults: Readonly<Record<string, () => Promise<void> | void>> = {
  kills: async () => {
    const there = await onGround()
    await killUnderLoad(there, 'server', kills)
    await killUnderLoad(there, 'database', kills)
  },
  replays: async () => replayAcrossKill(await onGround(), quick ? 5 : 50),
  checker: async () => checkerCanFail(await onGround()),
  disk: () => fillFileStore(tally),
  tamper: () =>
    tamper(tally, {
      tries: Number(values.tries ?? (long ? 200_000 : 2_000)),
      seed: Number(values.seed),
      together: Number(values.together ?? (long ? 48 : 16)),
      ...(values.round !== undefined && { round: Number(values.round) }),
      ...(values.only !== undefined && { only: new RegExp(values.only) }),
    }),
  forks: () => withWitness((server) => catchForks(tally, long ? 200 : 20, [witness(server, logKey())])),
  flips: flipBits,
  mutate: () => killMutants(tally, [...new Set(capabilities.map(({ kind }) => kind))], quick),
  honest: () => honestLeaves(tally, Number(values.tries ?? (long ? 1_000_000 : 20_000))),
}

const asked = positionals.length > 0 ? positionals : Object.keys(faults).filter((name) => name !== 'honest' || long)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
tally.say(`load average ${loadavg()[0]?.toFixed(1)} before the start`)
for (const name of asked) {
  try {
    const fault = faults[name]
    if (!fault) throw new Error(`no such name; there are ${Object.keys(faults).join(', ')}`)
    await fault()
  } catch (error) {
    tally.check(`${name} ran to the end`, false, String(error))
    if (program) tally.say(program.log())
  }
}
await program?.remove()
tally.say(`${((performance.now() - began) / 1_000).toFixed(0)} s, load average ${loadavg()[0]?.toFixed(1)}`)
tally.say(`${tally.passed()} passed, ${tally.failed()} failed`)
process.exit(tally.failed() === 0 ? 0 : 1)
