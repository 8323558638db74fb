import { describe, expect, test } from 'vitest'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { readVkey } from '#translog/signedNote.ts'
import { beginningOfLine, checkpointLine, readCheckpointLine, sealAgain, sealCheckpoint } from './checkpointLine.ts'
import { verifierOf } from './identity.ts'
import { nodeEd25519 } from './nodeEd25519.ts'

const signer = ed25519Signer('bihuan/0123456789ab/1', new Uint8Array(32).fill(7), nodeEd25519)
const verifier = verifierOf(signer.vkey)
if (!verifier) throw new Error(`no key: ${JSON.stringify(readVkey(signer.vkey))}`)
const note = writeCheckpoint(signCheckpoint({ origin: signer.name, size: 57, root: new Uint8Array(32) }, signer))
const signedAt = new Date('2023-07-31T01:00:05.123Z')
const kept = sealCheckpoint({ log: 1, hash: 'sha256', size: 57, note, signedAt }, signer)

describe('a checkpoint kept beside the journal', () => {
  test('is read back as it was written, and says by its beginning which one it is', () => {
    const line = checkpointLine(kept)
    expect(readCheckpointLine(line, verifier)).toEqual({ ...kept, again: undefined })
    expect(line.startsWith(beginningOfLine(kept))).toBe(true)
    const again = sealAgain(kept, signer)
    expect(readCheckpointLine(checkpointLine(kept, again), verifier)?.again).toBe(again)
  })

  test.each([
    ['', checkpointLine(kept)],
    [' and a copy', checkpointLine(kept, sealAgain(kept, signer))],
  ])('with any character changed is none%s', (_, line) => {
    for (let at = 0; at < line.length; at += 1) {
      const other = line[at] === '7' ? '8' : '7'
      expect(readCheckpointLine(line.slice(0, at) + other + line.slice(at + 1), verifier), `at ${at}`).toBeUndefined()
    }
  })

  test('is no copy because somebody says so: the mark is signed, for this very checkpoint', () => {
    const other = sealCheckpoint({ ...kept, signedAt: new Date('2023-07-31T01:00:06.123Z') }, signer)
    for (const again of [true, '', kept.seal, sealAgain(other, signer)]) {
      const line = `${checkpointLine(kept).slice(0, -1)},"again":${JSON.stringify(again)}}`
      expect(readCheckpointLine(line, verifier)).toBeUndefined()
    }
  })
})
