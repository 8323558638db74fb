import { judgeExports } from '#tests/judges/exports.ts'
import { judgeGoCommand } from '#tests/judges/goCommand.ts'
import { judgeGoTlog } from '#tests/judges/goTlog.ts'
import { judgeOpenssl } from '#tests/judges/opensslEd25519.ts'
import { judgeQr } from '#tests/judges/qr.ts'
import { openRefusals } from '#tests/judges/refusals.ts'
import { judgeSigstore } from '#tests/judges/sigstore.ts'
import { judgeSm2 } from '#tests/judges/sm2.ts'
import { tampering } from '#tests/judges/statements.ts'

/**
 * `npm run judges [-- --long]`: programs that nobody here wrote judge our log: Debian's go and golang.org/x/mod, Sigstore's verifier,
 * openssl, zbarimg; every class of tampering must be refused by two of them at least. LibreOffice judges what is exported.
 */
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const refusals = openRefusals(Object.values(tampering))
const judges = [
  ['golang.org/x/mod/sumdb', () => judgeGoTlog(say, refusals)],
  ['go', () => judgeGoCommand(say, refusals)],
  ['@sigstore/verify', async () => judgeSigstore(refusals)],
  ['openssl, Ed25519', () => judgeOpenssl(say, refusals)],
  ['openssl, SM2 and SM3', () => judgeSm2(say, { checkpoints: process.argv.includes('--long') ? 10_000 : 50 })],
  ['zbarimg', () => judgeQr(say)],
  ['LibreOffice', () => judgeExports(say)],
] as const

const started = performance.now()
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`
let passed = 0
let failed = 0
for (const [name, judge] of judges) {
  const began = performance.now()
  say(`${name}……`)
  try {
    const tally = await judge()
    passed += tally.passed
    failed += tally.failed
    say(`  ${tally.passed} right, ${tally.failed} wrong, ${seconds(began)}`)
  } catch (error) {
    failed += 1
    say(`  ✗ did not judge: ${String(error)}`)
  }
}
say('Refused, by whom and how often:')
for (const line of refusals.table()) say(line)
const weak = refusals.weak()
say(`all judges: ${seconds(started)}`)
for (const name of weak) say(`  ✗ not refused by two judges: ${name}`)
say(`${passed} passed, ${failed + weak.length} failed`)
process.exitCode = failed + weak.length === 0 ? 0 : 1
