import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { z } from 'zod'

export type DataOptions = { readonly data?: string; readonly demo?: true }

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the data lie: the folder that was named, else the demo's or the real one beside the program. */
export const dataFolderOf = ({ data, demo }: DataOptions): string =>
  data === undefined ? join(root, 'data', demo ? 'demo' : 'bihuan') : resolve(data)

export const withDataFolder = (command: Command): Command =>
  command
    .option('--data <文件夹>', '数据文件夹；不写时用程序下的 data/bihuan，有 --demo 时用 data/demo')
    .option('--demo', '用演示区县的数据文件夹')

const local = z.object({ url: z.string() })

const localFile = (dataDir: string): string => join(dataDir, 'local.json')

/** For commands on the same machine: the address a running server has. */
export const noteAddress = (dataDir: string, url: string): void =>
  writeFileSync(localFile(dataDir), `${JSON.stringify({ url })}\n`, { mode: 0o600 })

export const forgetAddress = (dataDir: string): void => rmSync(localFile(dataDir), { force: true })

export const notedAddress = (dataDir: string): string | undefined => {
  const file = localFile(dataDir)
  return existsSync(file) ? local.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.url : undefined
}
