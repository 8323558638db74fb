import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped } from '#tests/judges/judgedLog.ts'
import type { Refusals } from '#tests/judges/refusals.ts'
import { type Tampering, tampering } from '#tests/judges/statements.ts'
import { checkpointText } from '#translog/checkpoint.ts'
import { cosignedAt, cosigner, ed25519Signer } from '#translog/ed25519.ts'
import { readVkey } from '#translog/signedNote.ts'

const run = promisify(execFile)

const pem = (publicKey: Uint8Array): string => {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
}

const publicKeyOf = (vkey: string): Uint8Array => {
  const key = readVkey(vkey)
  if (!key) throw new Error('our own key does not read')
  return key.publicKey
}

/** Debian's openssl on what is signed: checkpoints of the log, cosignatures of witnesses. */
export const judgeOpenssl = async (
  say: (line: string) => void,
  refusals: Refusals,
): Promise<{ passed: number; failed: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-openssl-'))
  const tally = { passed: 0, failed: 0 }
  const verifies = async (publicKey: Uint8Array, message: string, signature: Uint8Array): Promise<boolean> => {
    const file = (name: string): string => join(folder, name)
    await Promise.all([
      writeFile(file('key'), pem(publicKey)),
      writeFile(file('text'), message),
      writeFile(file('signature'), signature),
    ])
    const given = [
      '-verify',
      '-pubin',
      '-rawin',
      '-inkey',
      file('key'),
      '-in',
      file('text'),
      '-sigfile',
      file('signature'),
    ]
    const said = await run('openssl', ['pkeyutl', ...given]).catch((error: unknown) => {
      if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) }
      throw error
    })
    if (said.stdout.includes('Signature Verified Successfully')) return true
    if (said.stdout.includes('Signature Verification Failure')) return false
    throw new Error(`openssl did not judge: ${said.stdout}`)
  }
  const check = (what: string, holds: boolean): void => {
    tally[holds ? 'passed' : 'failed'] += 1
    if (!holds) say(`  ✗ ${what}`)
  }
  const refused = (name: Tampering, accepted: boolean): void => {
    refusals.note(name, 'openssl', !accepted)
    check(`refuses ${name}`, !accepted)
  }
  try {
    for (let turn = 1; turn <= 20; turn += 1) {
      const text = checkpointText({ origin: 'bihuan/judged/1', size: turn, root: randomBytes(32) })
      const log = ed25519Signer('bihuan/judged/1', randomBytes(32), nodeEd25519)
      const key = publicKeyOf(log.vkey)
      const signature = log.sign(text)
      check('accepts a checkpoint', await verifies(key, text, signature))
      refused(tampering.signature, await verifies(key, text, flipped(signature, turn * 13)))
      refused(tampering.size, await verifies(key, text.replace(`\n${turn}\n`, `\n${turn + 1}\n`), signature))
      refused(tampering.key, await verifies(nodeEd25519.publicKeyOf(randomBytes(32)), text, signature))

      const witness = cosigner('city/witness', randomBytes(32), () => 1_690_000_000 + turn, nodeEd25519)
      const cosigned = witness.sign(text)
      const at = cosignedAt(cosigned)
      const message = (seconds: number | undefined): string => `cosignature/v1\ntime ${seconds}\n${text}`
      const witnessKey = publicKeyOf(witness.vkey)
      const bare = cosigned.subarray(8)
      check('accepts a cosignature', await verifies(witnessKey, message(at), bare))
      refused(tampering.cosignedWhen, await verifies(witnessKey, message((at ?? 0) + 1), bare))
      refused(tampering.cosignature, await verifies(witnessKey, message(at), flipped(bare, turn * 17)))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return tally
}
