import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { growingTree, partialWidths } from '#translog/growingTree.ts'
import { leafBytes, leafHash } from '#translog/leaf.ts'
import { bundleBytes, entriesPath, type TileAt, tileBytes, tilePath, tileWidth } from '#translog/tile.ts'
import type { Figure } from './figure.ts'

const leaves = 1_000_000
const signer = ed25519Signer('bench/1', randomBytes(32), nodeEd25519)

/** The folder that anybody could have fetched: entries, tiles and checkpoint of so many leaves, each unlike every other. */
const writeLog = (folder: string): void => {
  const write = (path: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const writeTile = (at: TileAt, hashes: readonly Uint8Array[]) => write(tilePath(at), tileBytes(hashes))
  const tree = growingTree(0, [], nodeSha256)
  for (let index = 0; index * tileWidth < leaves; index += 1) {
    const width = Math.min(tileWidth, leaves - index * tileWidth)
    const entries = Array.from({ length: width }, () => leafBytes({ v: 1, commit: randomBytes(32) }))
    write(entriesPath({ index, width }), bundleBytes(entries))
    for (const { level, index: at, hashes } of tree.append(entries.map((entry) => leafHash(entry, nodeSha256))))
      writeTile({ level, index: at, width: tileWidth }, hashes)
  }
  for (const at of partialWidths(leaves).filter(({ width }) => width > 0)) writeTile(at, tree.partial(at.level))
  write('checkpoint', writeCheckpoint(signCheckpoint({ origin: signer.name, size: leaves, root: tree.root() }, signer)))
}

const report = z.object({
  entries: z.number(),
  sound: z.boolean(),
  faults: z.array(z.object({ index: z.number().optional() })),
})

const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')

/** The command that is shipped, in a process of its own: seconds from its start to its answer. */
const verify = async (folder: string) => {
  const began = performance.now()
  const out = await new Promise<string>((resolve, reject) => {
    const args = [main, 'verify', '--log', folder, '--key', signer.vkey, '--json']
    // It ends with another code where something is wrong, and still answers.
    execFile(process.execPath, args, (error, stdout, stderr) => (stdout ? resolve(stdout) : reject(error ?? stderr)))
  })
  return { seconds: (performance.now() - began) / 1_000, ...report.parse(JSON.parse(out)) }
}

/** A whole log verified from its files alone; then with one entry altered, which must be named. */
export const benchVerify = async (): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-verify-'))
  try {
    writeLog(folder)
    const honest = await verify(folder)
    if (!honest.sound || honest.entries !== leaves)
      throw new Error(`an honest log was not found sound: ${honest.entries}`)
    const [index, place] = [1_234, 56]
    const path = join(folder, entriesPath({ index, width: tileWidth }))
    const bytes = readFileSync(path)
    const at = Math.floor(bytes.length / tileWidth) * place + 20
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const altered = await verify(folder)
    if (altered.sound || altered.faults.length !== 1 || altered.faults[0]?.index !== index * tileWidth + place)
      throw new Error(`the altered entry was not named: ${JSON.stringify(altered.faults)}`)
    const common = { bench: 'verify', unit: 's', reference: 20, kind: 'time' } as const
    return [
      { ...common, figure: 'full verification of 1,000,000 leaves', value: honest.seconds },
      { ...common, figure: 'the same with one entry altered, named', value: altered.seconds },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
