import { describe, expect, test } from 'vitest'
import { beginningLeaf } from './beginning.ts'
import { signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { leafHash } from './leaf.ts'
import { rootOf } from './merkle.ts'
import { type LogTold, meetNewLog } from './newLog.ts'
import type { TilesReader } from './pin.ts'
import { readVkey, type Signer } from './signedNote.ts'
import { tilePath } from './tile.ts'

const verifierOf = (vkey: string) => {
  const key = readVkey(vkey)
  return key && ed25519Verifier(key)
}

const seedOf = (text: string): number => [...text].reduce((sum, letter) => (sum + letter.charCodeAt(0)) % 251, 0)
const signerOf = (origin: string, seed = seedOf(origin)): Signer => ed25519Signer(origin, new Uint8Array(32).fill(seed))

const leaf = (text: string): Uint8Array => leafHash(new TextEncoder().encode(text))
const honest = (size: number): readonly Uint8Array[] => Array.from({ length: size }, (_, at) => leaf(`leaf ${at}`))

const noteOf = (leaves: readonly Uint8Array[], by: Signer): string =>
  writeCheckpoint(signCheckpoint({ origin: by.name, size: leaves.length, root: rootOf(leaves) }, by))

const tilesOf =
  (leaves: readonly Uint8Array[]): TilesReader =>
  async (wanted) =>
    new Map(
      wanted
        .filter(({ level, index, width }) => (index * 256 + width) * 256 ** level <= leaves.length)
        .map((tile) => {
          const each = 256 ** tile.level
          const hashes = Array.from({ length: tile.width }, (_, at) => {
            const from = (tile.index * 256 + at) * each
            return rootOf(leaves.slice(from, from + each))
          })
          return [tilePath(tile), hashes]
        }),
    )

const house = 'bihuan/0123456789ab'
const old = signerOf(`${house}/1`)
const next = signerOf(`${house}/2`)

type Begun = { readonly log: LogTold; readonly leaves: readonly Uint8Array[]; readonly note: string }

/** A log that began after a disaster: its first leaf quotes `previous`, and acts follow. */
const begun = (by: Signer, number: number, previous: string, acts = 5): Begun => {
  const beginning = {
    number,
    origin: by.name,
    beganAt: '2026-01-02T03:04:05.000Z',
    reason: '数据库是从备份恢复的',
    previous,
    decidedBy: ['局主要负责人', '系统管理员'],
  }
  const leaves = [beginningLeaf(beginning).leafHash, ...honest(acts)]
  return { log: { ...beginning, vkey: by.vkey }, leaves, note: noteOf(leaves, by) }
}

const first: LogTold = { number: 1, origin: old.name, vkey: old.vkey, decidedBy: [] }

/** A browser that pinned `pinned` leaves of the old log meets `met`; `trees` is what the server hands out tiles of. */
const meets = async (
  pinned: readonly Uint8Array[],
  met: Begun,
  {
    trees = {},
    logs = [],
    of = old,
  }: {
    readonly trees?: Readonly<Record<number, readonly Uint8Array[]>>
    readonly logs?: readonly LogTold[]
    readonly of?: Signer
  } = {},
) => {
  const verifier = verifierOf(of.vkey)
  if (!verifier) throw new Error('no key')
  const all: Readonly<Record<number, readonly Uint8Array[]>> = { [met.log.number]: met.leaves, ...trees }
  const verdict = await meetNewLog(
    { pinned: noteOf(pinned, of), verifier, shown: met.note, logs: [met.log, ...logs, first] },
    { verifierOf, tilesOf: (number) => tilesOf(all[number] ?? []) },
  )
  return verdict.kind === 'refused' ? verdict.fault : verdict.kind
}

const quoting = (leaves: readonly Uint8Array[], by = old) => begun(next, 2, noteOf(leaves, by))

describe('a log that was begun after the pinned one', () => {
  test('goes on from just what was pinned: nothing else need be shown of the old log', async () => {
    expect(await meets(honest(300), quoting(honest(300)))).toBe('goesOn')
  })

  test.each([1, 7, 255, 256, 300])(
    'goes on from more than the %i pinned: proven by the old log’s tiles',
    async (size) => {
      const grown = honest(size + 270)
      expect(await meets(honest(size), quoting(grown), { trees: { 1: grown } })).toBe('goesOn')
    },
  )

  test('whose quoted checkpoint rests on other records than those pinned is a fork, at the same size and at any larger', async () => {
    for (const size of [300, 301, 600]) {
      const forked = honest(size).with(3, leaf('rewritten'))
      expect(await meets(honest(300), quoting(forked), { trees: { 1: forked } })).toBe('forked')
    }
  })

  test('whose growth cannot be shown, because the old log’s tiles are withheld, is not believed', async () => {
    expect(await meets(honest(300), quoting(honest(600)))).toBe('unproven')
    expect(await meets(honest(300), quoting(honest(600)), { trees: { 1: honest(300) } })).toBe('unproven')
  })

  test('that goes on from less than was pinned says that acts may be lost', async () => {
    expect(await meets(honest(300), quoting(honest(280)))).toBe('lost')
    expect(await meets(honest(300), quoting(honest(280)), { trees: { 1: honest(300) } })).toBe('lost')
    expect(await meets(honest(300), quoting([]))).toBe('lost')
  })

  test('that goes on from less, and from other records, is a fork where the old tiles show it', async () => {
    const forked = honest(280).with(3, leaf('rewritten'))
    expect(await meets(honest(300), quoting(forked), { trees: { 1: honest(300) } })).toBe('forked')
  })

  test('that quotes what the old key did not sign, or nothing, is refused', async () => {
    expect(await meets(honest(300), quoting(honest(300), signerOf(old.name, 99)))).toBe('notQuoted')
    expect(await meets(honest(300), begun(next, 2, '没有找到旧存证的快照'))).toBe('notQuoted')
    const silent = quoting(honest(300))
    const { previous: _, ...log } = silent.log
    expect(await meets(honest(300), { ...silent, log })).toBe('notQuoted')
  })

  test('whose first leaf says another reason, or quotes another checkpoint, than the server does is refused', async () => {
    const met = quoting(honest(300))
    expect(await meets(honest(300), { ...met, log: { ...met.log, reason: '硬盘坏了' } })).toBe('notFirst')
    const other = { ...met, log: { ...met.log, previous: noteOf(honest(310), old) } }
    expect(await meets(honest(300), other, { trees: { 1: honest(310) } })).toBe('notFirst')
  })

  test('whose own first tile is withheld is not believed yet', async () => {
    expect(await meets(honest(300), quoting(honest(300)), { trees: { 2: [] } })).toBe('unproven')
  })

  test('of another house is refused, however well it quotes', async () => {
    for (const origin of ['bihuan/ba9876543210/2', 'bihuan/0123456789abc/2', 'other/0123456789ab/2', house]) {
      const met = begun(signerOf(origin), 2, noteOf(honest(300), old))
      expect(await meets(honest(300), met)).toBe('otherHouse')
    }
  })

  test('that is an earlier one of the same house is a rollback', async () => {
    const third = signerOf(`${house}/3`)
    expect(await meets(honest(300), quoting(honest(300)), { of: third })).toBe('wentBack')
  })

  test('that is not signed by the key it is said to have, or that nobody tells of, is refused', async () => {
    const met = quoting(honest(300))
    expect(await meets(honest(300), { ...met, note: noteOf(met.leaves, signerOf(next.name, 98)) })).toBe('current')
    expect(await meets(honest(300), { ...met, log: { ...met.log, origin: `${house}/7` } })).toBe('current')
  })
})

describe('two logs begun since', () => {
  const third = signerOf(`${house}/3`)
  const middle = quoting(honest(300))
  const last = begun(third, 3, noteOf(middle.leaves, next))

  test('are followed back from one to the next', async () => {
    const also = { logs: [middle.log], trees: { 2: middle.leaves } }
    expect(await meets(honest(300), last, also)).toBe('goesOn')
    expect(await meets(honest(310), last, also)).toBe('lost')
  })

  test('where the one between is not told of, or says otherwise, are refused', async () => {
    expect(await meets(honest(300), last)).toBe('notQuoted')
    const bent = { ...middle.log, previous: noteOf(honest(310), old) }
    expect(await meets(honest(300), last, { logs: [bent], trees: { 2: middle.leaves } })).toBe('notFirst')
    expect(await meets(honest(300), last, { logs: [middle.log] })).toBe('unproven')
  })

  test('where the one between was never signed, are followed past it', async () => {
    expect(await meets(honest(300), begun(third, 3, noteOf(honest(300), old)), { logs: [middle.log] })).toBe('goesOn')
  })
})
