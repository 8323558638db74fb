import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sm2UserId } from '#translog/sm2.ts'

const run = promisify(execFile)

/** What stands before an uncompressed point of SM2's curve in a SubjectPublicKeyInfo. */
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')

const pem = (point: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([spkiPrefix, point]).toString('base64')}\n-----END PUBLIC KEY-----\n`

const derInteger = (half: Buffer): Buffer => {
  const first = half.findIndex((byte) => byte !== 0)
  const digits = half.subarray(first)
  const value = (digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), digits]) : digits
  return Buffer.concat([Buffer.of(2, value.length), value])
}

/** r and s of 32 bytes each as the SEQUENCE that openssl reads. */
const toDer = (signature: Uint8Array): Buffer => {
  const raw = Buffer.from(signature)
  const body = Buffer.concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

const fromDer = (der: Buffer): Uint8Array => {
  const rLength = der[3] ?? 0
  const half = (at: number, length: number): Buffer => {
    const digits = der.subarray(at, at + length)
    return digits.length > 32 ? digits.subarray(-32) : Buffer.concat([Buffer.alloc(32 - digits.length), digits])
  }
  return Buffer.concat([half(4, rLength), half(4 + rLength + 2, der[4 + rLength + 1] ?? 0)])
}

/** SM2 over SM3 by Debian's openssl, which leaves the ID to the caller. Files of one judge's turn lie in `folder`. */
export const opensslSm2 = (folder: string) => {
  const file = (name: string): string => join(folder, name)
  const over = (id: string): readonly string[] => ['-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${id}`]
  return {
    /** True for “Verified Successfully”, false for “Verification Failure”; anything else is no judgement and throws. */
    verifies: async (
      turn: string,
      point: Uint8Array,
      text: string,
      signature: Uint8Array,
      id: string = sm2UserId,
    ): Promise<boolean> => {
      const [key, message, signed] = [file(`${turn}.pub`), file(`${turn}.text`), file(`${turn}.sig`)]
      await Promise.all([writeFile(key, pem(point)), writeFile(message, text), writeFile(signed, toDer(signature))])
      const given = ['-verify', '-pubin', '-inkey', key, '-in', message, '-sigfile', signed, ...over(id)]
      const said = await run('openssl', ['pkeyutl', ...given]).catch((error: unknown) => {
        if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) }
        throw error
      })
      if (said.stdout.includes('Signature Verified Successfully')) return true
      if (said.stdout.includes('Signature Verification Failure')) return false
      throw new Error(`openssl did not judge: ${JSON.stringify(said)}`)
    },
    /** A key that openssl drew, and the point that goes with it. */
    drawKey: async (): Promise<{ readonly key: string; readonly point: Uint8Array }> => {
      const key = file('drawn.key')
      await run('openssl', ['ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', key])
      const { stdout } = await run('openssl', ['pkey', '-in', key, '-pubout', '-outform', 'DER'], {
        encoding: 'buffer',
      })
      return { key, point: stdout.subarray(-65) }
    },
    signs: async (turn: string, key: string, text: string): Promise<Uint8Array> => {
      const message = file(`${turn}.text`)
      await writeFile(message, text)
      const { stdout } = await run('openssl', ['pkeyutl', '-sign', '-inkey', key, '-in', message, ...over(sm2UserId)], {
        encoding: 'buffer',
      })
      return fromDer(stdout)
    },
    sm3: async (messages: readonly Uint8Array[]): Promise<readonly string[]> => {
      const files = await Promise.all(
        messages.map(async (message, at) => {
          const path = file(`sm3-${at}`)
          await writeFile(path, message)
          return path
        }),
      )
      const { stdout } = await run('openssl', ['dgst', '-sm3', '-r', ...files])
      return stdout.split('\n').flatMap((line) => line.split(' ')[0] || [])
    },
  }
}
