import { numberIn } from '#server/ledger/keys.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { twinOrigin } from '#server/ledger/twin.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { hashTree } from '#translog/hashTree.ts'
import { toHex } from '#translog/hex.ts'
import { type CheckpointsChecked, checkCheckpointRows } from './checkpointRows.ts'
import { claimsOf, placeOf } from './claims.ts'
import { checkDivisions, readDivisions } from './divisions.ts'
import { readErasures } from './erasures.ts'
import type { Folder } from './folder.ts'
import { checkForeignRows } from './foreignRows.ts'
import type { Found } from './found.ts'
import { checkGuards } from './guards.ts'
import { checkHead, readHeadRow, trueSize } from './headRow.ts'
import { checkJournalFiles } from './journalFiles.ts'
import { withJournalTail } from './journalTail.ts'
import { keyRing, type VkeyOf } from './keyRing.ts'
import { findLeafHashes } from './leafHashes.ts'
import { type LeafMemory, noMemory } from './leafMemory.ts'
import { checkLogRows, readLogs, registeredKeys, tellBeginning } from './logRow.ts'
import { checkPending } from './pending.ts'
import { checkCheckpointFile, checkPublicFiles, tellAlienFile } from './publicFiles.ts'
import { checkRecords } from './records.ts'
import type { LedgerReport } from './report.ts'
import type { KnownLog, Scene } from './scene.ts'
import { signedHeads } from './signedHeads.ts'
import { soonIn } from './soon.ts'
import { tellLoneCommands, tellLoneSalts, tellStrayEvents } from './strays.ts'
import { checkStreams } from './streams.ts'
import { tellBroken } from './tellBroken.ts'
import { checkTileRows } from './tileRows.ts'
import type { TreeChecked } from './treeScene.ts'
import { readTwinTree } from './twinTree.ts'
import { checkUnboxed } from './unboxed.ts'

export type ExamineOptions = {
  /** One snapshot: nothing moves while it is looked at. */
  readonly db: Queries
  readonly folder: Folder | undefined
  readonly vkeyOf: VkeyOf
  readonly checkpoint?: string
  readonly memory?: LeafMemory
  readonly onProgress?: (what: string, done: number, of: number) => void
  /** Left out while a repair has them off itself. */
  readonly guards?: boolean
  /** The database as it is at this moment, which may have gone on since. */
  readonly live: Queries
}

export type Examined = {
  readonly report: Omit<LedgerReport, 'findings' | 'sound'>
  readonly found: readonly Found[]
}

/** No log has begun, or it is not known any more. */
const noLog: KnownLog = { number: 0, origin: '', vkey: '', twin_vkey: null }

/** Whether what lies in the second folder is of this log; of a later one, the database is the old one. */
const folderOf = (scene: Scene, log: KnownLog): Folder | undefined => {
  const { folder } = scene
  const written = folder?.read('public/checkpoint')?.toString('utf8')
  const origin = written === undefined ? undefined : readCheckpoint(written)?.checkpoint.origin
  if (!folder || origin === undefined || origin === log.origin) return folder
  if ((numberIn(origin) ?? 0) > log.number && scene.keys.open(written ?? '', origin))
    scene.tell({
      kind: 'rolledBack',
      table: 'public',
      path: 'public/checkpoint',
      message: `第二存放处已经是第 ${numberIn(origin)} 套存证，数据库登记到第 ${log.number} 套：数据库是旧的`,
      remedy: '用所有者账号重新启动程序，会从第二存放处补回缺少的记录',
    })
  return scene.keys.verifierOf(origin) ? undefined : folder
}

/** Trees of logs that are no longer appended to: entries, tiles and checkpoints among themselves. */
const earlierTree = async (scene: Scene, log: KnownLog): Promise<TreeChecked> => {
  const alone: Scene = { ...scene, folder: undefined }
  const name = { log: log.number, hash: 'sha256' as const }
  const leaves = await findLeafHashes(alone, log, await signedHeads(alone, name, log.origin))
  const tree = hashTree(leaves.hashes, nodeSha256)
  const row = await readHeadRow(scene, name)
  const signed = leaves.signed?.size ?? 0
  const { size, right } = trueSize(row, tree, signed, undefined)
  const checked: TreeChecked = { name, origin: log.origin, tree, signed, size, place: { log: log.number } }
  for (const lost of leaves.lost)
    scene.tell({
      kind: 'forked',
      table: 'ledger.checkpoint',
      log: log.number,
      size: lost.size,
      message: `第 ${log.number} 套存证签发过 ${lost.size} 条的快照，现存的记录算不出它的树`,
    })
  await checkHead(alone, checked, { row, right, truths: [], passedOver: undefined })
  await checkTileRows(alone, checked)
  await checkCheckpointRows(alone, checked)
  return checked
}

/** How many entries the database has by now. */
const entriesNow = (db: Queries, log: number) => async (): Promise<number> => {
  const { rows } = await db.query<{ n: number }>(
    `select coalesce(max(size), 0)::float8 as n from ledger.head where log = $1 and hash = 'sha256'`,
    [log],
  )
  return rows[0]?.n ?? 0
}

const noCheckpoints: CheckpointsChecked = { rows: 0, published: [], latest: undefined }

/** Everything against everything else; what it finds, and how each of it is put right. */
export const examine = async (options: ExamineOptions): Promise<Examined> => {
  const { db, vkeyOf, checkpoint, memory = noMemory, onProgress = () => undefined, live } = options
  const found: Found[] = []
  const tell = (one: Found): void => {
    found.push(one)
  }
  const logs = await readLogs({ db })
  const keys = keyRing(vkeyOf, await registeredKeys(logs, twinOrigin), memory)
  const whole: Scene = { db, live, folder: options.folder, keys, memory, tell, onProgress, soon: soonIn(db) }
  const log = logs.at(-1) ?? noLog
  const scene: Scene = { ...whole, folder: folderOf(whole, log) }
  const { folder } = scene
  const liveSize = entriesNow(live, log.number)

  const name = { log: log.number, hash: 'sha256' as const }
  const heads = await signedHeads(scene, name, log.origin, checkpoint)
  if (checkpoint !== undefined && !keys.open(checkpoint, log.origin))
    tell({
      kind: 'forked',
      table: 'given',
      message: '另外给出的快照不是这套存证的密钥签的',
      remedy: '核对是不是这套系统的快照；是的话，密钥或者数据库被换过',
    })
  const row = await readHeadRow(scene, name)
  const leaves = withJournalTail(scene, await findLeafHashes(scene, log, heads), row?.size ?? 0)
  const signed = leaves.signed?.size ?? 0
  const erasures = await readErasures(scene)
  const divisions = await readDivisions(scene)
  const records = await checkRecords(scene, { log, leaves, erasures, divisions })
  const truths = records.broken.flatMap(({ truth }) => truth ?? [])
  const claims = claimsOf(truths)

  const tree = hashTree(leaves.hashes, nodeSha256)
  const { size, right } = trueSize(row, tree, signed, records.unsoundFrom)
  const own: TreeChecked = { name, origin: log.origin, tree, signed, size, place: {} }
  tellLost(scene, { leaves, heads, head: row?.size ?? 0, entries: leaves.entries })

  const settled = row?.settled ?? 0
  const pending = await checkPending(scene, {
    log,
    claims,
    erasures,
    bound: size,
    settled,
    afterKey: records.signedFrom !== undefined,
  })
  const strays = [...pending.strays, ...(await checkUnboxed(scene, claims))]
  await tellStrayEvents(scene, strays, claims)
  await tellLoneSalts(scene, claims)
  await tellLoneCommands(scene, claims)
  await tellBroken(scene, log, records.broken, new Set(pending.madeSince))
  tellBeginning(scene, log, records.broken)
  await checkStreams(scene, claims, strays)
  const strayPlaces = new Set(strays.map(({ tenant, stream, version }) => placeOf(tenant, stream, version)))
  await checkDivisions(scene, divisions, truths, strayPlaces)

  const trees: TreeChecked[] = []
  let tiles = 0
  let checkpoints = noCheckpoints
  let files = 0
  if (log !== noLog) {
    await checkLogRows(scene, logs, vkeyOf)
    await checkHead(scene, own, { row, right, truths, passedOver: pending.passedOver })
    tiles += await checkTileRows(scene, own)
    checkpoints = await checkCheckpointRows(scene, own)
    trees.push(own)
    for (const earlier of logs.slice(0, -1)) trees.push(await earlierTree(scene, earlier))
    const twin = await readTwinTree(scene, log, own, truths)
    if (twin) {
      trees.push(twin)
      await checkHead(scene, twin, { row: twin.row, right: twin.right, truths, passedOver: undefined })
      tiles += await checkTileRows(scene, twin)
      const twinCheckpoints = await checkCheckpointRows(scene, twin)
      if (folder) files += await checkTreeFiles({ ...scene, folder }, twin, twinCheckpoints)
    }
    if (folder) {
      files += await checkTreeFiles({ ...scene, folder }, own, checkpoints)
      const published = checkpoints.latest?.size ?? 0
      files += await checkJournalFiles({ ...scene, folder }, { log: log.number, records, published, size, liveSize })
      if (!twin)
        for (const path of folder.list('public')) if (path.startsWith('public/sm3/')) tellAlienFile(scene, path)
    }
  }
  await checkForeignRows(scene, trees)
  if (options.guards !== false) await checkGuards(scene)

  async function checkTreeFiles(inFolder: Scene & { folder: Folder }, checked: TreeChecked, kept: CheckpointsChecked) {
    await checkCheckpointFile(inFolder, checked, kept.latest)
    return (await checkPublicFiles(inFolder, checked, { leaves, checkpoints: kept, liveSize })) + 1
  }

  const { rows: counts } = await db.query<{ events: number }>('select count(*)::int as events from core.event')
  return {
    found,
    report: {
      log: log.number,
      size: row?.size ?? 0,
      signed: leaves.signed && { size: signed, root: toHex(leaves.signed.root), from: leaves.signed.from },
      checked: {
        events: counts[0]?.events ?? 0,
        entries: records.records,
        tiles,
        checkpoints: checkpoints.rows,
        files,
        erased: records.erased,
        readRows: undefined,
      },
    },
  }
}

type LostOptions = {
  readonly leaves: Awaited<ReturnType<typeof findLeafHashes>>
  readonly heads: Awaited<ReturnType<typeof signedHeads>>
  readonly head: number
  readonly entries: number
}

/** Signed trees that the database does not come up to, and signed trees that are nowhere any more. */
const tellLost = (scene: Scene, { leaves, heads, head, entries }: LostOptions): void => {
  const inDatabase = Math.max(head, entries, ...heads.filter(({ from }) => from === 'database').map(({ size }) => size))
  const largest = leaves.lost[0]?.size ?? leaves.signed?.size ?? 0
  if (largest > inDatabase)
    scene.tell({
      kind: 'rolledBack',
      table: 'ledger.head',
      size: inDatabase,
      message: `数据库的存证只到第 ${inDatabase} 条，已经签发到第 ${largest} 条：数据库是旧的`,
      remedy: '用所有者账号重新启动程序，会从第二存放处补回缺少的记录；或者运行 bihuan ledger fsck --repair',
      mends: [],
    })
  for (const { size, from } of leaves.lost)
    scene.tell({
      kind: 'forked',
      table: from === 'database' ? 'ledger.checkpoint' : from === 'journal' ? 'journal' : 'public',
      size,
      message: `签发过 ${size} 条的快照（${words[from]}），现存的记录没有一处能算出它的树`,
      remedy: '不要再签发；取来备份或另一份第二存放处再核对；找不回来的，由两个岗位决定另起存证',
    })
}

const words: Readonly<Record<string, string>> = {
  database: '数据库里',
  folder: '第二存放处',
  journal: '第二存放处',
  given: '另外保存的',
}
