import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { concatBytes } from './hasher.ts'
import { hashTree } from './hashTree.ts'
import { leafHash } from './leaf.ts'
import { readVkey } from './signedNote.ts'
import { bundleBytes, entriesPath, tilePath, tileWidth, widthOf } from './tile.ts'
import { verifyLog } from './verifyLog.ts'

const signer = ed25519Signer('bihuan/0123456789ab/1', new Uint8Array(32).fill(5), nodeEd25519)
const key = readVkey(signer.vkey)
const log = key && ed25519Verifier(key, nodeEd25519)
if (!log) throw new Error('no key')

const utf8 = new TextEncoder()

/** An honest log as files. */
const filesOf = (size: number): Map<string, Uint8Array> => {
  const entries = Array.from({ length: size }, (_, at) => utf8.encode(`{"commit":"${at}","v":1}`))
  const tree = hashTree(concatBytes(...entries.map((entry) => leafHash(entry, nodeSha256))), nodeSha256)
  const files = new Map<string, Uint8Array>()
  const note = writeCheckpoint(signCheckpoint({ origin: signer.name, size, root: tree.rootAt(size) }, signer))
  files.set('checkpoint', utf8.encode(note))
  for (let level = 0; level < tree.levels; level += 1)
    for (let index = 0; widthOf(level, index, size) > 0; index += 1) {
      const width = widthOf(level, index, size)
      files.set(tilePath({ level, index, width }), Uint8Array.from(tree.tile(level, index, width) ?? []))
      const from = index * tileWidth
      if (level === 0) files.set(entriesPath({ index, width }), bundleBytes(entries.slice(from, from + width)))
    }
  return files
}

const verify = (files: ReadonlyMap<string, Uint8Array>) =>
  verifyLog((path) => files.get(path), { log, hash: nodeSha256 })

describe('a log as files', () => {
  test('of any size, when nobody touched it, has no fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(20), fc.nat(1_400)), (size) => {
        expect(verify(filesOf(size))).toMatchObject({ ok: true, entries: size, faults: [] })
      }),
      { numRuns: 60 },
    )
  })

  test('with one bit of any file changed, is refused', () => {
    const honest = filesOf(700)
    fc.assert(
      fc.property(fc.constantFrom(...honest.keys()), fc.nat(), fc.nat(7), (path, where, bit) => {
        const bytes = Uint8Array.from(honest.get(path) ?? [])
        const at = where % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        const { ok, faults } = verify(new Map([...honest, [path, bytes]]))
        expect({
          ok,
          named: faults.some((fault) => fault.step === 'checkpoint' || ('path' in fault && fault.path === path)),
        }).toEqual({ ok: false, named: true })
      }),
      { numRuns: 300 },
    )
  })

  test('names the entry that was altered, and the tile', () => {
    const files = filesOf(700)
    const bundle = entriesPath({ index: 1, width: 256 })
    const bytes = Uint8Array.from(files.get(bundle) ?? [])
    const place = bytes.indexOf(utf8.encode('3')[0] ?? 0, 2_000)
    bytes[place] = 0x34
    const { faults } = verify(new Map([...files, [bundle, bytes]]))
    expect(faults).toMatchObject([{ step: 'entry', path: bundle }])
    expect(faults[0]?.step === 'entry' && faults[0].index).toBeGreaterThanOrEqual(256)
    const tile = tilePath({ level: 1, index: 0, width: 2 })
    const other = Uint8Array.from(files.get(tile) ?? [])
    other.set([0], 40)
    expect(verify(new Map([...files, [tile, other]])).faults).toEqual([{ step: 'hash', path: tile, place: 1 }])
  })

  test('with an entry and its tile both altered, leads to another root', () => {
    const files = filesOf(300)
    const forged = filesOf(300)
    const paths = [entriesPath({ index: 1, width: 44 }), tilePath({ level: 0, index: 1, width: 44 })]
    const [bundle, tile] = paths.map((path) => Uint8Array.from(forged.get(path) ?? []))
    if (!bundle || !tile) throw new Error('no files')
    bundle[10] = (bundle[10] ?? 0) ^ 1
    const entry = bundle.subarray(2, 2 + (bundle[1] ?? 0))
    tile.set(leafHash(entry, nodeSha256))
    const { ok, faults } = verify(new Map([...files, [paths[0] ?? '', bundle], [paths[1] ?? '', tile]]))
    expect({ ok, faults }).toMatchObject({ ok: false, faults: [{ step: 'root', size: 300 }] })
  })

  test('signed by another key, without a checkpoint, without a file: says which', () => {
    const files = filesOf(10)
    const other = ed25519Signer(signer.name, new Uint8Array(32).fill(6), nodeEd25519)
    const otherKey = readVkey(other.vkey)
    const stranger = otherKey && ed25519Verifier(otherKey, nodeEd25519)
    if (!stranger) throw new Error('no key')
    expect(verifyLog((path) => files.get(path), { log: stranger }).faults).toMatchObject([
      { step: 'checkpoint', problem: 'signature', origin: signer.name },
    ])
    expect(verify(new Map()).faults).toEqual([{ step: 'checkpoint', problem: 'missing' }])
    files.delete(entriesPath({ index: 0, width: 10 }))
    expect(verify(files).faults).toEqual([{ step: 'missing', path: entriesPath({ index: 0, width: 10 }) }])
  })
})
