import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseTrouble } from './trouble.ts'
import type { Account } from './unprivileged.ts'

/** Where the embedded server listens: how to tell it, and how to reach it. */
export type Endpoint = {
  readonly settings: Readonly<Record<string, string>>
  readonly url: (login: { readonly user: string; readonly password: string; readonly database: string }) => string
  readonly remove: () => void
}

/** The kernel takes at most 107 bytes for the whole path of a Unix socket, 103 on some. */
const longest = 103
const socketName = '.s.PGSQL.5432'

/**
 * Creates it empty, for that user alone; what stands under the name and cannot be removed, in a folder all may write to,
 * must be just that. A killed server leaves a lock file in it, whose pid may live on as a zombie or as another program.
 * The caller holds the data folder, so nobody uses what is removed.
 */
const makeOwn = (folder: string, owner: Account): boolean => {
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    chmodSync(folder, 0o700)
    chownSync(folder, owner.uid, owner.gid)
  } catch {
    // The look below decides.
  }
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === owner.uid && (found.mode & 0o777) === 0o700
}

const socketFolder = (dataFolder: string, account: Account | undefined): string => {
  const owner = account ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  // Root's own temporary folders may be closed to the account the server runs as.
  const places = account ? ['/tmp', '/run'] : [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp']
  const name = `bihuan-${createHash('sha256').update(`${owner.uid} ${dataFolder}`).digest('hex').slice(0, 12)}`
  for (const place of places) {
    if (!place) continue
    const folder = join(place, name)
    if (Buffer.byteLength(join(folder, socketName)) <= longest && makeOwn(folder, owner)) return folder
  }
  throw new DatabaseTrouble(`没有地方放数据库的套接字；请让 /tmp 可以写入，如果 /tmp/${name} 属于别的用户，请删除它`)
}

/** A Unix socket in a short private folder named by a hash: nothing listens on the network. */
const socketEndpoint = (dataFolder: string, account: Account | undefined): Endpoint => {
  const folder = socketFolder(dataFolder, account)
  return {
    settings: { listen_addresses: '', unix_socket_directories: folder, unix_socket_permissions: '0700' },
    url: ({ user, password, database }) =>
      `postgresql://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(folder)}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port on the loopback')
  return address.port
}

/** Node has no Unix sockets on Windows: the loopback and the password stand in. */
const loopbackEndpoint = async (): Promise<Endpoint> => {
  const port = await freePort()
  return {
    settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) },
    url: ({ user, password, database }) =>
      `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    remove: () => undefined,
  }
}

export const openEndpoint = async (dataFolder: string, account: Account | undefined): Promise<Endpoint> =>
  process.platform === 'win32' ? loopbackEndpoint() : socketEndpoint(dataFolder, account)
