import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafUnder } from '#server/platform/seal.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { growingTree } from '#translog/growingTree.ts'
import { rootOf } from '#translog/merkle.ts'
import type { Signer } from '#translog/signedNote.ts'
import { type Applied, type Attack, act, claimRow, type Entry, file, logRow, type Scene, whereOf } from './attack.ts'
import { sealedRow } from './sealedRow.ts'

/** The tree over what now stands in ledger.entry, written over tiles and head. */
export const growAgain = async ({ client }: Scene): Promise<readonly Buffer[]> => {
  const { rows } = await client.query<{ hash: Buffer }>('select leaf_hash as hash from ledger.entry order by idx')
  const leaves = rows.map(({ hash }) => hash)
  const tree = growingTree(0, [], nodeSha256)
  for (const { level, index, hashes, root } of tree.append(leaves))
    await client.query('update ledger.tile set hashes = $3, root = $4 where level = $1 and idx = $2', [
      level,
      index,
      Buffer.concat(hashes),
      Buffer.from(root),
    ])
  await client.query('update ledger.head set size = $1, root = $2', [tree.size(), Buffer.from(tree.root())])
  return leaves
}

/** Changes what a record says, and after it everything that is computed from it and needs no key. */
export const rewriteRecord = async (scene: Scene, entry: Entry): Promise<void> => {
  const { client } = scene
  const { sql, values } = whereOf('core.event', entry)
  await client.query(`update core.event set body = body || '{"description": "没有隐患"}' where ${sql}`, [...values])
  const { rows } = await client.query<{ salt: Buffer; sealing: number }>(
    `select s.salt, o.sealing from private.leaf_salt s
     join ledger.outbox o on o.tenant = s.tenant_id and o.subject = s.stream_id and o.version = s.version
     where s.tenant_id = $1 and s.stream_id = $2 and s.version = $3`,
    [...values],
  )
  const [found] = rows
  if (!found) throw new Error(`no salt of entry ${entry.index}`)
  const { leaf, leafHash } = leafUnder(found.salt, await sealedRow(client, entry), found.sealing)
  await client.query(`update private.leaf_salt set leaf_hash = $4 where ${sql}`, [...values, leafHash])
  await client.query('update ledger.outbox set leaf = $2, leaf_hash = $3 where id = $1', [entry.outbox, leaf, leafHash])
  await client.query('update ledger.entry set leaf_hash = $2 where idx = $1', [entry.index, leafHash])
  await client.query(
    `update core.command set receipt = jsonb_set(receipt, array['events', $3::text, 'leafHash'], to_jsonb($4::text)) where tenant_id = $1 and id = $2`,
    [entry.tenant, entry.command, String(placeInCommand(scene.entries, entry)), leafHash.toString('hex')],
  )
}

const placeInCommand = (entries: readonly Entry[], entry: Entry): number =>
  entries.filter((one) => one.command === entry.command && one.version < entry.version).length

/** Signs every checkpoint from the record on again, over the tree as it is now. */
const signAgain = async (
  { client }: Scene,
  leaves: readonly Buffer[],
  from: number,
  signer: Signer,
): Promise<string> => {
  const { rows } = await client.query<{ size: number }>(
    'select size from ledger.checkpoint where size > $1 order by size',
    [from],
  )
  let last = ''
  for (const { size } of rows) {
    const root = rootOf(leaves.slice(0, size), nodeSha256)
    last = writeCheckpoint(signCheckpoint({ origin: signer.name, size, root }, signer))
    await client.query('update ledger.checkpoint set root = $2, note = $3 where size = $1', [
      size,
      Buffer.from(root),
      last,
    ])
  }
  return last
}

const signerOf = ({ house, keys }: Scene): Signer => {
  const { origin } = house.platform.ledger.identity
  const key = keys.logKey(origin)
  if (!key) throw new Error('no key')
  return ed25519Signer(origin, key.seed, nodeEd25519)
}

const rewrite = (
  name: string,
  reach: Applied['reach'],
  further: (scene: Scene, leaves: readonly Buffer[], entry: Entry) => Promise<void>,
): Attack => ({
  kind: 'rewrite',
  name,
  alone: true,
  weight: 4,
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.kind === 'hazard')
    if (!entry) return undefined
    await rewriteRecord(scene, entry)
    await further(scene, await growAgain(scene), entry)
    return { what: `entry ${entry.index}`, victims: [act(entry)], reach }
  },
})

/** An older state of every table: what a restored backup, or a copy of the disk put back, would be. */
const oldTables: Attack = {
  kind: 'old backup',
  name: 'the database as it was before the last mine',
  alone: true,
  weight: 4,
  strike: async (scene) => {
    await restoreOld(scene)
    const { rows } = await scene.client.query<{ size: number }>('select size from ledger.head')
    const size = rows[0]?.size ?? 0
    return {
      what: `of ${size} entries`,
      victims: [{ kind: 'log' }, ...scene.entries.filter((one) => one.index >= size).map(act)],
      reach: 'database',
    }
  },
}

const oldFolder: Attack = {
  kind: 'old backup',
  name: 'the second folder as it was before the last mine',
  alone: true,
  weight: 4,
  strike: async ({ house }) => {
    house.snapshots.restoreFolder('old')
    return { what: 'public and journal', victims: [file('public/checkpoint')], reach: 'folder' }
  },
}

const restoreOld = async ({ client, house }: Scene): Promise<void> => {
  const tables = await house.snapshots.tables()
  await client.query(`truncate ${tables.join(', ')}`)
  for (const table of tables)
    await client.query(`insert into ${table} overriding system value table ${house.snapshots.copyOf('old', table)}`)
}

/** A hash in a full tile, and the tile's root after it. */
const editTile: Attack = {
  kind: 'edit tiles',
  name: 'a hash of a full tile, its root after it',
  strike: async (scene) => {
    const { client, draw } = scene
    const { rows } = await client.query<{ level: number; idx: number; hashes: Buffer }>(
      'select level, idx, hashes from ledger.tile order by level, idx',
    )
    const tile = draw.of(rows)
    if (!tile || !claimRow(scene, 'ledger.tile', tile)) return undefined
    const hashes = Buffer.from(tile.hashes)
    const at = draw.below(hashes.length)
    hashes[at] = (hashes[at] ?? 0) ^ (1 << draw.below(8))
    const each = Array.from({ length: 256 }, (_, place) => hashes.subarray(place * 32, place * 32 + 32))
    await client.query('update ledger.tile set hashes = $3, root = $4 where level = $1 and idx = $2', [
      tile.level,
      tile.idx,
      hashes,
      Buffer.from(rootOf(each, nodeSha256)),
    ])
    return { what: `${tile.level}/${tile.idx}`, victims: [logRow('ledger.tile', tile)], reach: 'database' }
  },
}

/** A leaf's hash in the log, and the tree above it: tiles and head agree with it. */
const editTree: Attack = {
  kind: 'edit tiles',
  name: 'a leaf of the log with the tiles and the head above it',
  alone: true,
  weight: 4,
  strike: async (scene) => {
    const entry = scene.draw.entry()
    if (!entry) return undefined
    await scene.client.query('update ledger.entry set leaf_hash = sha256(leaf_hash) where idx = $1', [entry.index])
    await growAgain(scene)
    return { what: `entry ${entry.index}`, victims: [act(entry)], reach: 'database' }
  },
}

export const rewriting: readonly Attack[] = [
  rewrite('a record and all that follows from it, without the key', 'database', async () => undefined),
  rewrite('the same, with the log’s key: every checkpoint signed again', 'database', async (scene, leaves, entry) => {
    await signAgain(scene, leaves, entry.index, signerOf(scene))
  }),
  rewrite('the same, and the checkpoint in the folder too', 'both', async (scene, leaves, entry) => {
    const written = await signAgain(scene, leaves, entry.index, signerOf(scene))
    writeFileSync(join(scene.house.secondFolder, 'public', 'checkpoint'), written)
  }),
  editTile,
  editTree,
  oldTables,
  oldFolder,
]
