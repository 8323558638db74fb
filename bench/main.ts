import { parseArgs } from 'node:util'
import { benchCommand } from './command.ts'
import { passes, print } from './figure.ts'
import { benchLedger } from './ledger.ts'
import { benchVerify } from './verify.ts'

/** `npm run bench -- [command | ledger | verify] [--seconds 60] [--clients 8] [--rounds 5]`: one JSON line a figure, exit code 1 when one fails. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
  },
})

const benches = { command: benchCommand, ledger: benchLedger, verify: benchVerify }
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
  })
  for (const figure of figures) {
    print(figure)
    if (passes(figure)) continue
    failed = true
    process.stderr.write(`fails: ${figure.figure}\n`)
  }
}
process.exitCode = failed ? 1 : 0
