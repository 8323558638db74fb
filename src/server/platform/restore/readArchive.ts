import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { RestoreRefused } from './refused.ts'

export type Entry = { readonly name: string; readonly content: Readable }

async function* contentOf(entry: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of entry) yield chunk
}

/** Visits every entry in order. `visit` reads the content to its end. */
export const readArchive = async (path: string, visit: (entry: Entry) => Promise<void>): Promise<void> => {
  const tar = extract()
  const feeding = pipeline(createReadStream(path), tar)
  const visiting = (async () => {
    for await (const entry of tar) await visit({ name: entry.header.name, content: Readable.from(contentOf(entry)) })
  })()
  const [fed, visited] = await Promise.allSettled([feeding, visiting])
  // What the visitor found wrong is the cause; the broken pipe behind it is not.
  if (visited.status === 'rejected' && !isTarError(visited.reason)) throw visited.reason
  if (fed.status === 'rejected' || visited.status === 'rejected')
    throw new RestoreRefused(`${path} 不是完整的备份文件（传输或保存时被截断、改动）；请换一份备份`)
}

const isTarError = (error: unknown): boolean =>
  error instanceof Error && /tar|unexpected end|premature|header/i.test(error.message)
