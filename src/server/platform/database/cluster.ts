import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { NativeFiles } from './nativeFiles.ts'
import { throughDescriptor } from './postmaster.ts'
import { DatabaseTrouble } from './trouble.ts'
import type { Account } from './unprivileged.ts'

export const ownerRole = 'bihuan_owner'
export const databaseName = 'bihuan'

/** Best first: Chinese order by ICU, then without the system's C.UTF-8, then without ICU. */
const locales = [
  ['--locale-provider=icu', '--icu-locale=zh-CN', '--locale=C.UTF-8'],
  ['--locale-provider=icu', '--icu-locale=zh-CN', '--locale=C'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
]

const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

type ClusterOptions = {
  readonly native: NativeFiles
  readonly account: Account | undefined
  readonly dataDir: string
  readonly password: string
}

const fresh = (folder: string, account: Account | undefined): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (account) chownSync(folder, account.uid, account.gid)
}

/** initdb reads the owner's password from a file that the account it runs as can reach. */
const passwordFile = (password: string, account: Account | undefined, dataDir: string) => {
  const folder = mkdtempSync(join(account ? '/tmp' : dataDir, 'bihuan-initdb-'))
  const file = join(folder, 'password')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  if (account) for (const path of [folder, file]) chownSync(path, account.uid, account.gid)
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * Makes PostgreSQL's data folder if there is none, with page checksums and scram passwords. It is built beside and
 * renamed when complete, so an initdb that was killed is simply begun again. True if it was made now.
 */
export const makeCluster = (options: ClusterOptions): boolean => {
  const { native, account, dataDir, password } = options
  const folder = join(dataDir, 'postgres')
  if (existsSync(folder)) return false
  const half = `${folder}.new`
  const secret = passwordFile(password, account, dataDir)
  try {
    let said = ''
    for (const locale of locales) {
      fresh(half, account)
      const data = throughDescriptor(half, account)
      const args = [
        '-D',
        data.path,
        '-U',
        ownerRole,
        `--pwfile=${secret.file}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--data-checksums',
      ]
      const done = spawnSync(native.initdb, [...args, ...locale], {
        ...account,
        cwd: '/',
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
        stdio: ['ignore', 'pipe', 'pipe', ...data.stdio],
        encoding: 'utf8',
        windowsHide: true,
      })
      data.close()
      if (done.status === 0) {
        renameSync(half, folder)
        syncFolder(dataDir)
        return true
      }
      said = (done.error?.message ?? done.stderr).trim().split('\n').slice(-2).join(' | ')
    }
    throw new DatabaseTrouble(`内置数据库建立失败：${said}；请检查 ${dataDir} 所在磁盘的空间和权限`)
  } finally {
    secret.remove()
    rmSync(half, { recursive: true, force: true })
  }
}

/** For a small box; an acknowledged act survives kill -9 and power loss. */
export const settings: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '1GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  lc_messages: 'C',
}
