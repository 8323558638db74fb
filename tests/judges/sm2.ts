import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeSm3 } from '#server/ledger/nodeSm3.ts'
import { checkpointText } from '#translog/checkpoint.ts'
import { concatBytes } from '#translog/hasher.ts'
import { toHex } from '#translog/hex.ts'
import { readVkey, writeVkey } from '#translog/signedNote.ts'
import { isSm2Secret, sm2PointOf, sm2Signer, sm2TypeName, sm2Verifier, unassignedType } from '#translog/sm2.ts'
import { pureSm3 } from '#translog/sm3.ts'
import { opensslSm2 } from './openssl.ts'

const origin = 'bihuan/0123456789ab/1/sm3'

const drawSecret = (): Uint8Array => {
  for (;;) {
    const bytes = randomBytes(32)
    if (isSm2Secret(bytes)) return bytes
  }
}

const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const flipped = bytes.slice()
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

/** A checkpoint of the twin as it is signed; another root each. */
const textOf = (size: number): string => checkpointText({ origin, size, root: randomBytes(32) })

const vkeyOver = (point: Uint8Array): string =>
  writeVkey({
    name: origin,
    type: unassignedType,
    publicKey: concatBytes(new TextEncoder().encode(sm2TypeName), point),
  })

const verifierOf = (vkey: string) => {
  const key = readVkey(vkey)
  const [verifier, point] = [key && sm2Verifier(key), key && sm2PointOf(key)]
  if (!verifier || !point) throw new Error('our own key does not read')
  return { verifier, point }
}

/**
 * SM2 and SM3 before openssl: it accepts what we sign and refuses what was altered, and we accept and refuse what it
 * signs. Another ID than the standard one must be refused, or the ID would not be part of what is signed.
 */
export const judgeSm2 = async (
  say: (line: string) => void,
  { checkpoints = 50 }: { readonly checkpoints?: number } = {},
): Promise<{ passed: number; failed: number }> => {
  const tally = { passed: 0, failed: 0 }
  const count = (what: string, holds: boolean): void => {
    tally[holds ? 'passed' : 'failed'] += 1
    if (!holds) say(`  ✗ ${what}`)
  }
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-sm2-'))
  const openssl = opensslSm2(folder)
  try {
    const messages = Array.from({ length: 200 }, (_, length) => randomBytes(length))
    const theirs = await openssl.sm3(messages)
    for (const [at, message] of messages.entries()) {
      const [pure, native] = [pureSm3, nodeSm3].map((hash) => toHex(hash(message)))
      count(`SM3 ${at} 字节`, theirs[at] === pure && pure === native)
    }

    const drawn = await openssl.drawKey()
    const { verifier: verifierOfTheirs } = verifierOf(vkeyOver(drawn.point))

    const ours = async (turn: string, size: number): Promise<void> => {
      const signer = sm2Signer(origin, drawSecret())
      const { point } = verifierOf(signer.vkey)
      const text = textOf(size)
      const signature = signer.sign(text)
      count(`openssl 认可我们签的第 ${size} 份`, await openssl.verifies(turn, point, text, signature))
      const altered =
        size % 3 === 0
          ? openssl.verifies(turn, point, text, signature, '8765432187654321')
          : size % 3 === 1
            ? openssl.verifies(turn, point, text.replace('\n', '\n1'), signature)
            : openssl.verifies(turn, point, text, flip(signature, size % 512))
      count(`openssl 拒绝改动过的第 ${size} 份`, !(await altered))
    }

    const openssls = async (turn: string, size: number): Promise<void> => {
      const text = textOf(size)
      const signature = await openssl.signs(turn, drawn.key, text)
      count(`我们认可 openssl 签的第 ${size} 份`, verifierOfTheirs.verifies(text, signature))
      const refused =
        size % 2 === 0
          ? verifierOfTheirs.verifies(text.replace('\n', '\n1'), signature)
          : verifierOfTheirs.verifies(text, flip(signature, size % 512))
      count(`我们拒绝改动过的第 ${size} 份`, !refused)
    }

    // Two at a time: a process of its own judges each signature.
    let next = 0
    const lane = async (turn: string): Promise<void> => {
      for (let size = next++; size < checkpoints; size = next++) {
        await ours(turn, size)
        await openssls(turn, size)
      }
    }
    await Promise.all([lane('one'), lane('other')])
    say(`  SM3 ${messages.length} 段、SM2 快照 ${checkpoints} 份双向互验：${tally.passed} 相符，${tally.failed} 不符`)
    return tally
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
