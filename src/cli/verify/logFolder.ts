import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { ed25519Verifier } from '#translog/ed25519.ts'
import { toHex } from '#translog/hex.ts'
import { readVkey } from '#translog/signedNote.ts'
import { parseTilePath, tileWidth } from '#translog/tile.ts'
import { type LogFault as Fault, verifyLog } from '#translog/verifyLog.ts'

/** What is wrong with a log in a folder: which entry, which file. */
export type LogFault = { readonly path: string; readonly index?: number; readonly message: string }

export type LogFolderReport = {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly entries: number
  readonly tiles: number
  readonly faults: readonly LogFault[]
  readonly sound: boolean
}

const short = (hash: Uint8Array): string => toHex(hash).slice(0, 16)

/** Which entries a file of entries holds. */
const entriesIn = (path: string): string | undefined => {
  const at = parseTilePath(path)
  if (at?.kind !== 'entries') return undefined
  return `第 ${at.index * tileWidth} 到 ${at.index * tileWidth + at.width - 1} 条的内容`
}

const told = (fault: Exclude<Fault, { step: 'checkpoint' }>): LogFault => {
  switch (fault.step) {
    case 'missing':
      return { path: fault.path, message: `${entriesIn(fault.path) ?? '校验值文件'}缺失` }
    case 'form':
      return { path: fault.path, message: `${entriesIn(fault.path) ?? '校验值文件'}长度不对，被截短或者加长过` }
    case 'entry':
      return { path: fault.path, index: fault.index, message: `第 ${fault.index} 条的内容不是签发的那一条，被改动过` }
    case 'hash': {
      const at = parseTilePath(fault.path)
      const leaf = at?.kind === 'tile' && at.level === 0 ? at.index * tileWidth + fault.place : undefined
      return {
        path: fault.path,
        ...(leaf !== undefined && { index: leaf }),
        message: leaf === undefined ? `第 ${fault.place} 个校验值被改动过` : `第 ${leaf} 条的校验值被改动过`,
      }
    }
    case 'root':
      return {
        path: 'checkpoint',
        message: `现有的内容算不出签名的根 ${short(fault.signed)}（${fault.size} 条）：有记录被改动、增减或调换`,
      }
  }
}

const refusal = ({ problem, origin }: Extract<Fault, { step: 'checkpoint' }>, name: string): string =>
  problem === 'signature'
    ? `快照不是这把公钥签的：快照写的是 ${origin}，公钥是 ${name}`
    : '文件夹里没有读得出来的 checkpoint，不是一套存证'

const publicPart = (folder: string): string =>
  existsSync(join(folder, 'public', 'checkpoint')) ? join(folder, 'public') : folder

/**
 * A tlog-tiles log in a folder, checked against its own signed checkpoint without server or database: the signature, every
 * entry, every tile, the root. Every entry that is not the one that was signed is named.
 */
export const verifyLogFolder = (
  folder: string,
  vkey: string | undefined,
  onProgress?: (done: number, of: number) => void,
): LogFolderReport | { readonly refused: string } => {
  const root = publicPart(folder)
  const key = vkey === undefined ? undefined : readVkey(vkey)
  const log = key && ed25519Verifier(key, nodeEd25519)
  const read = (path: string): Uint8Array | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined
  if (!log) return { refused: '没有可用的公钥；用 --key 给出日志的公钥（bihuan ledger keys 可以看到）' }
  const verdict = verifyLog(read, { log, hash: nodeSha256, ...(onProgress && { onProgress }) })
  const { ok: sound, checkpoint, entries, tiles } = verdict
  const faults: LogFault[] = []
  for (const fault of verdict.faults) {
    if (fault.step === 'checkpoint') return { refused: refusal(fault, log.name) }
    faults.push(told(fault))
  }
  if (!checkpoint) return { refused: '文件夹里没有读得出来的 checkpoint，不是一套存证' }
  const { origin, size } = checkpoint
  return { origin, size, root: toHex(checkpoint.root), entries, tiles, faults, sound }
}
