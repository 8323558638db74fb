import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'

export type Added = { readonly bytes: number; readonly sha256: string }

export type Archive = {
  /** Streams a file into the archive under `name`. */
  readonly addFile: (name: string, path: string, size: number) => Promise<Added>
  readonly addText: (name: string, text: string) => void
  /** Resolves when the archive lies on disk under its own name. */
  readonly finish: () => Promise<void>
  readonly abandon: () => Promise<void>
}

const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A tar file written beside its target and renamed when all of it is on disk. Readable by its owner alone. */
export const createArchive = (target: string, mtime: Date): Archive => {
  const half = `${target}.new`
  const tar = pack()
  const written = pipeline(Readable.from(tar), createWriteStream(half, { mode: 0o600 }))
  const broken = written.then(() => new Promise<never>(() => undefined))
  // A full disk is told to whoever adds the next entry.
  broken.catch((error: Error) => tar.destroy(error))

  return {
    addFile: async (name, path, size) => {
      const hash = createHash('sha256')
      const taken = new Promise<void>((resolve, reject) => {
        const sink = tar.entry({ name, size, mtime, mode: 0o600 }, (error) => (error ? reject(error) : resolve()))
        const fill = async () => {
          for await (const chunk of createReadStream(path)) {
            hash.update(chunk)
            if (!sink.write(chunk)) await once(sink, 'drain')
          }
          sink.end()
        }
        fill().catch(reject)
      })
      await Promise.race([taken, broken])
      return { bytes: size, sha256: hash.digest('hex') }
    },
    addText: (name, text) => {
      tar.entry({ name, mtime, mode: 0o600 }, text)
    },
    finish: async () => {
      tar.finalize()
      await written
      await syncPath(half)
      await rename(half, target)
      if (process.platform !== 'win32') await syncPath(dirname(target))
    },
    abandon: async () => {
      tar.destroy()
      await written.catch(() => undefined)
      await rm(half, { force: true })
    },
  }
}
