import { parseArgs } from 'node:util'
import { benchCommand } from './command.ts'
import { passes, print } from './figure.ts'
import { benchLedger } from './ledger.ts'
import { benchRegister } from './register.ts'
import { benchVerify } from './verify.ts'

/** `npm run bench -- [command | ledger | verify | register] [--seconds 60] [--clients 8] [--rounds 5] [--scale 1] [--folder FOLDER]`: one JSON line a figure, exit code 1 when one fails. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    // Of the register alone: a share of its full size, and where the filled installation is kept for another run.
    scale: { type: 'string', default: '1' },
    folder: { type: 'string' },
  },
})

const benches = { command: benchCommand, ledger: benchLedger, verify: benchVerify, register: benchRegister }
const isBench = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name)

const wanted = positionals.length > 0 ? positionals : Object.keys(benches)
let failed = false
for (const name of wanted) {
  if (!isBench(name)) {
    process.stderr.write(`no bench ${name}; there are: ${Object.keys(benches).join(', ')}\n`)
    process.exit(2)
  }
  const figures = await benches[name]({
    seconds: Number(values.seconds),
    clients: Number(values.clients),
    rounds: Number(values.rounds),
    scale: Number(values.scale),
    folder: values.folder,
  })
  for (const figure of figures) {
    print(figure)
    if (passes(figure)) continue
    failed = true
    process.stderr.write(`fails: ${figure.figure}\n`)
  }
}
process.exitCode = failed ? 1 : 0
