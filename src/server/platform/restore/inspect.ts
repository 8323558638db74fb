import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { type Manifest, manifest, manifestName } from '#server/platform/backup/manifest.ts'
import { readMigrations } from '#server/platform/database/migrate.ts'
import { readArchive } from './readArchive.ts'
import { RestoreRefused } from './refused.ts'

const hashOf = async (content: Readable): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('hex')
}

const textOf = async (content: Readable): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const readManifest = (text: string): Manifest | undefined => {
  try {
    return manifest.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const known = (made: Manifest): void => {
  const ours = new Map(readMigrations().map(({ name, sha256 }) => [name, sha256]))
  for (const { name, sha256 } of made.migrations) {
    if (!ours.has(name))
      throw new RestoreRefused(`备份来自更新的程序（${made.version}，${name}）；请用那一版或更新的程序恢复`)
    if (ours.get(name) !== sha256)
      throw new RestoreRefused(`备份的数据库结构 ${name} 与本版程序的不同；请用做备份的那一版程序恢复`)
  }
}

/** Reads the whole archive and compares every hash before anything is written. Gives its manifest. */
export const inspect = async (path: string): Promise<Manifest> => {
  const found = new Map<string, string>()
  let last: string | undefined
  await readArchive(path, async ({ name, content }) => {
    if (name === manifestName) last = await textOf(content)
    else found.set(name, await hashOf(content))
  })
  const made = last === undefined ? undefined : readManifest(last)
  if (!made) throw new RestoreRefused(`${path} 里没有清单，备份没有做完或者不是闭环的备份；请换一份备份`)
  for (const { part, sha256 } of [...made.tables, made.jobs]) {
    if (!found.has(part)) throw new RestoreRefused(`备份缺少 ${part}；请换一份备份`)
    if (found.get(part) !== sha256)
      throw new RestoreRefused(`备份中的 ${part} 已损坏（与清单的校验值不同）；请换一份备份`)
  }
  const files = [...found].filter(([name]) => name.startsWith('files/'))
  if (files.length !== made.files.count)
    throw new RestoreRefused(`备份中的文件应有 ${made.files.count} 个，实有 ${files.length} 个；请换一份备份`)
  const rotten = files.find(
    ([name, sha256]) => basename(name) !== sha256 && !made.files.damaged.includes(basename(name)),
  )
  if (rotten) throw new RestoreRefused(`备份中的文件 ${basename(rotten[0])} 已损坏；请换一份备份`)
  known(made)
  return made
}
