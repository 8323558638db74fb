import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundleBytes, entriesPath, parseTilePath, readBundle, readTile, tilePath, tilesSince, widthOf } from './tile.ts'

const ofTree = (size: number) =>
  tilesSince(0, size).map(({ level, index, width }) => `${level}/${index}${width < 256 ? `.p/${width}` : ''}`)

describe('C2SP tlog-tiles', () => {
  test('the examples of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(entriesPath({ index: 1_234_067, width: 7 })).toBe('tile/entries/x001/x234/067.p/7')
    const tiles = ofTree(70_000)
    expect(tiles.filter((path) => path.startsWith('0/'))).toHaveLength(274)
    expect(tiles.filter((path) => path.includes('.p/'))).toEqual(['0/273.p/112', '1/1.p/17', '2/0.p/1'])
    expect(ofTree(256)).toEqual(['0/0', '1/0.p/1'])
  })

  test('a path is read back, and no other spelling of it', () => {
    const at = fc.record({
      level: fc.nat(63),
      index: fc.nat(2_000_000_000),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(at, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual({ kind: 'tile', ...tile })
        const { index, width } = tile
        expect(parseTilePath(entriesPath(tile))).toEqual({ kind: 'entries', index, width })
      }),
    )
    for (const other of [
      'tile/00/000',
      'tile/64/000',
      'tile/0/1',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/001/000',
      'tile/0/../000',
      '/tile/0/000',
      'tile/0/000/',
    ])
      expect(parseTilePath(other), other).toBeUndefined()
  })

  test('growing by any steps writes every tile that the grown tree has, at its width', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 8 }), (steps) => {
        const written = new Map<string, number>()
        let size = 0
        for (const step of steps) {
          for (const { level, index, width } of tilesSince(size, size + step)) written.set(`${level}/${index}`, width)
          size += step
        }
        for (const { level, index } of tilesSince(0, size))
          expect(written.get(`${level}/${index}`)).toBe(widthOf(level, index, size))
      }),
    )
  })

  test('growing writes no tile anew that stays as it was', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(70_000), (from, more) => {
        const before = new Set(tilesSince(0, from).map(tilePath))
        const now = tilesSince(0, from + more).map(tilePath)
        expect(tilesSince(from, from + more).map(tilePath)).toEqual(now.filter((path) => !before.has(path)))
      }),
      { numRuns: 50 },
    )
    expect(tilesSince(300, 300)).toEqual([])
  })

  test('a bundle gives back its entries; cut off, lengthened or miscounted it gives nothing', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(entries, (list) => {
        const bytes = bundleBytes(list)
        expect(readBundle(bytes, list.length)?.map((entry) => [...entry])).toEqual(list.map((entry) => [...entry]))
        expect(readBundle(bytes, list.length + 1)).toBeUndefined()
        expect(readBundle(bytes.subarray(0, -1), list.length)).toBeUndefined()
        expect(readBundle(Uint8Array.of(...bytes, 0), list.length)).toBeUndefined()
      }),
    )
    expect(() => bundleBytes([new Uint8Array(65_536)])).toThrow(RangeError)
  })

  test('a tile of another length than its width is none', () => {
    expect(readTile(new Uint8Array(64), 2)).toHaveLength(2)
    expect(readTile(new Uint8Array(63), 2)).toBeUndefined()
    expect(readTile(new Uint8Array(64), 3)).toBeUndefined()
  })
})
