import { spawnSync } from 'node:child_process'

/** PostgreSQL refuses to run as root: there it runs as nobody. Elsewhere it runs as whoever we are. */
export type Account = { readonly uid: number; readonly gid: number }

export const unprivileged = (): Account | undefined =>
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined

/** Tries it for real: folders on the way may be closed to that account by mode, mask or access list. */
export const canRun = (program: string, account: Account | undefined): boolean =>
  spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
