import type pg from 'pg'
import { beginningLeaf } from '#server/ledger/beginning.ts'
import { nextOrigin } from '#server/ledger/keys.ts'
import type { Ledger } from '#server/ledger/ledger.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { rootOf, type TreeHead } from '#translog/merkle.ts'
import type { Signer } from '#translog/signedNote.ts'
import { tileBytes, tileWidth } from '#translog/tile.ts'

type Owner = Pick<pg.Pool | pg.Client, 'query'>

const tables = ['entry', 'tile', 'checkpoint'] as const

const pastTriggers = async (owner: Owner, work: () => Promise<void>): Promise<void> => {
  for (const table of tables) await owner.query(`alter table ledger.${table} disable trigger user`)
  await work()
  for (const table of tables) await owner.query(`alter table ledger.${table} enable trigger user`)
}

/** Tiles of the lowest level, full ones only, as the database keeps them. */
const writeTiles = async (owner: Owner, log: number, leaves: readonly Uint8Array[]): Promise<void> => {
  for (let index = 0; (index + 1) * tileWidth <= leaves.length; index += 1) {
    const hashes = leaves.slice(index * tileWidth, (index + 1) * tileWidth)
    await owner.query(
      `update ledger.tile set hashes = $3, root = $4 where log = $1 and hash = 'sha256' and level = 0 and idx = $2`,
      [log, index, Buffer.from(tileBytes(hashes)), Buffer.from(rootOf(hashes, nodeSha256))],
    )
  }
}

/**
 * What somebody does who holds the database and the log's own key: lets two entries change places, rewrites the tree over
 * them, and signs the last checkpoint anew. Every signature holds, every proof of the new tree does; nothing in the house
 * contradicts it. For trees of less than 65,536 leaves.
 */
export const forkLog = (
  owner: Owner,
  { identity }: Pick<Ledger, 'identity'>,
  [one, other]: readonly [number, number],
): Promise<void> =>
  pastTriggers(owner, async () => {
    const { number, origin, signer } = identity
    const { rows } = await owner.query<{ leaf_hash: Buffer }>(
      'select leaf_hash from ledger.entry where log = $1 order by idx',
      [number],
    )
    const before = rows.map(({ leaf_hash }) => leaf_hash)
    const [first, second] = [before[one], before[other]]
    if (!first || !second) throw new Error('no such entries')
    const leaves = before.with(one, second).with(other, first)
    const put = (index: number, hash: Buffer) =>
      owner.query('update ledger.entry set leaf_hash = $3 where log = $1 and idx = $2', [number, index, hash])
    await put(one, Buffer.alloc(32))
    await put(other, first)
    await put(one, second)
    await writeTiles(owner, number, leaves)
    const size = leaves.length
    const root = rootOf(leaves, nodeSha256)
    const note = writeCheckpoint(signCheckpoint({ origin, size, root }, signer))
    await owner.query(`update ledger.head set root = $2 where log = $1 and hash = 'sha256'`, [
      number,
      Buffer.from(root),
    ])
    await owner.query(
      `update ledger.checkpoint set root = $3, note = $4 where log = $1 and hash = 'sha256' and size = $2`,
      [number, size, Buffer.from(root), note],
    )
  })

export type BegunAnew = {
  readonly reason: string
  /** The size of the old log's checkpoint that the new one quotes. */
  readonly goesOnFrom: number
  /** Two entries of the old log that change places in what is quoted. */
  readonly swapped?: readonly [number, number]
  /** Signs what is quoted; left out, the old log's own key. */
  readonly quotedBy?: Signer
  /** The new log's name; left out, the next one of the house. */
  readonly origin?: string
}

/** A second log in the place of the first, as after a disaster: signed by a key of its own, quoting a checkpoint. */
export const beginAnew = async (
  owner: Owner,
  { identity }: Pick<Ledger, 'identity'>,
  { reason, goesOnFrom, swapped, quotedBy = identity.signer, origin = nextOrigin(identity.origin, 2) }: BegunAnew,
): Promise<void> => {
  const signer = ed25519Signer(origin, new Uint8Array(32).fill(3))
  const note = (head: TreeHead, by: Signer) => writeCheckpoint(signCheckpoint({ origin: by.name, ...head }, by))
  const { rows } = await owner.query<{ leaf_hash: Buffer }>(
    'select leaf_hash from ledger.entry where log = $1 order by idx limit $2',
    [identity.number, goesOnFrom],
  )
  const leaves = rows.map(({ leaf_hash }) => leaf_hash)
  const [one = 0, other = 0] = swapped ?? []
  const [first, second] = [leaves[one], leaves[other]]
  if (!first || !second) throw new Error('no such entries')
  const quoted = { size: goesOnFrom, root: rootOf(leaves.with(one, second).with(other, first), nodeSha256) }
  const beganAt = new Date()
  const previous = note(quoted, quotedBy)
  const decidedBy = ['局主要负责人', '系统管理员']
  const begun = { number: 2, origin, beganAt: beganAt.toISOString(), reason, previous, decidedBy }
  const root = beginningLeaf(begun).leafHash
  await owner.query(
    'insert into ledger.log (number, origin, vkey, began_at, reason, previous, decided_by) values (2, $1, $2, $3, $4, $5, $6)',
    [signer.name, signer.vkey, beganAt, reason, previous, decidedBy],
  )
  await owner.query(`insert into ledger.head (log, hash, size, root, settled) values (2, 'sha256', 1, $1, 0)`, [root])
  await owner.query('insert into ledger.entry (log, idx, leaf_hash) values (2, 0, $1)', [root])
  await owner.query(
    `insert into ledger.checkpoint (log, hash, size, root, note, signed_at) values (2, 'sha256', 1, $1, $2, now())`,
    [root, note({ size: 1, root }, signer)],
  )
}

export const forgetLastLog = (owner: Owner): Promise<void> =>
  pastTriggers(owner, async () => {
    for (const table of ['checkpoint', 'entry', 'head'])
      await owner.query(`delete from ledger.${table} where log = (select max(number) from ledger.log)`)
    await owner.query('delete from ledger.log where number = (select max(number) from ledger.log)')
  })
