import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createProgram } from '#tests/load/program.ts'
import { registerMines } from '#tests/load/register.ts'
import { checkerCanFail } from './checkerCanFail.ts'
import { fillFileStore } from './fullDisk.ts'
import { killUnderLoad } from './kills.ts'
import { nothingTold } from './persistentClient.ts'
import { replayAcrossKill } from './replayStorm.ts'
import { createTally } from './tally.ts'

/**
 * `npm run faults -- [--quick] [--kills 20]`: what an acknowledged act survives. The program that is shipped runs on its
 * own embedded database in a temporary folder; everything started is ended, everything written is removed.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, kills: { type: 'string' } } })
const kills = Number(values.kills ?? (values.quick ? 20 : 200))
const clients = 8

const began = performance.now()
const tally = createTally()
const program = createProgram()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
try {
  tally.say(`load average ${loadavg()[0]?.toFixed(1)} before the start`)
  await program.start()
  const registered = await registerMines(program, clients)
  const ground = { program, registered, told: nothingTold(), tally }
  await killUnderLoad(ground, 'server', kills)
  await killUnderLoad(ground, 'database', kills)
  await replayAcrossKill(ground, values.quick ? 5 : 50)
  await checkerCanFail(ground)
  await fillFileStore(tally)
} catch (error) {
  tally.check('ran to the end', false, String(error))
  tally.say(program.log())
} finally {
  await program.remove()
}
tally.say(`${((performance.now() - began) / 1_000).toFixed(0)} s, load average ${loadavg()[0]?.toFixed(1)}`)
tally.say(`${tally.passed()} passed, ${tally.failed()} failed`)
process.exit(tally.failed() === 0 ? 0 : 1)
