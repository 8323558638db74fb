import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { codeOf, DatabaseTrouble } from './trouble.ts'

export type FolderLock = { readonly release: () => void }

/** Another program of ours runs on this folder. */
export class FolderInUse extends DatabaseTrouble {}

const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })

const holderOf = (file: string): string => {
  try {
    const text = readFileSync(file, 'utf8')
    const [pid, since] = text.trim().split(' ')
    if (pid && since) return `（进程 ${pid}，${shown.format(new Date(since))} 起）`
  } catch {
    // Whoever holds the lock has not yet written who it is.
  }
  return ''
}

/**
 * Holds a folder for this process alone. The lock is the kernel's (Node opens none itself, so SQLite's exclusive lock on
 * an empty file is borrowed): it goes when the process goes, kill -9 included, so there is no stale lock to judge, and
 * two starts at the same moment cannot both win, as they can with a file that names a pid.
 */
export const lockFolder = (folder: string): FolderLock => {
  const holder = join(folder, 'running')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const lock = new DatabaseSync(join(folder, 'running.lock'), { timeout: 0 })
    try {
      lock.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive')
    } catch (error) {
      lock.close()
      throw error
    }
    writeFileSync(holder, `${process.pid} ${new Date().toISOString()}\n`, { mode: 0o600 })
    return { release: () => lock.close() }
  } catch (error) {
    const code = codeOf(error)
    if (error instanceof Error && 'errcode' in error && error.errcode === 5)
      throw new FolderInUse(
        `数据文件夹 ${folder} 正由另一个闭环程序使用${holderOf(holder)}；请先停止它，或者换一个数据文件夹`,
      )
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ERR_SQLITE_ERROR')
      throw new DatabaseTrouble(
        `数据文件夹 ${folder} 不能写入；请用建立它的那个系统用户启动，或者换一个数据文件夹（${String(error)}）`,
      )
    throw error
  }
}
