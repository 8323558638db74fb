/** Why the log is not signed on: told loudly, on the log's page, on the console, and never worked around. */
export type LedgerTroubleCode =
  /** The database is older than what was signed. */
  | 'rolledBack'
  /** What the database holds is not what was signed. */
  | 'forked'
  /** The tree in the database does not add up. */
  | 'treeDamaged'
  /** A leaf in the outbox is not what its hash says. */
  | 'leafDamaged'
  /** The twin's key is not the one it was begun with. */
  | 'keyGone'
  /** The second folder cannot be written or has gaps. */
  | 'folder'
  /** The journal in the second folder is not what was signed. */
  | 'journalDamaged'
  /** Acts made since the database was put back stand where the second folder has others. */
  | 'madeSince'
  /** Nothing of these: what the database or the program itself said stands in the message. */
  | 'fault'

export class LedgerTrouble extends Error {
  readonly code: LedgerTroubleCode
  readonly remedy: string
  /** Paths, addresses, the system's own words: for whoever runs the system, not for everybody who may open the page. */
  readonly detail: string | undefined
  constructor(code: LedgerTroubleCode, message: string, remedy: string, detail?: string) {
    super(message)
    this.code = code
    this.remedy = remedy
    this.detail = detail
  }
}

/** All of it, for the console and for comparing. */
export const whatHappened = ({ message, detail }: LedgerTrouble): string =>
  detail === undefined ? message : `${message}（${detail}）`

/** A checkpoint that is there and cannot be read is no empty folder: what lies beside it may be the only good copy. */
export const unreadableCheckpoint =
  '不要改写这个文件夹；运行 bihuan ledger fsck 查明，再用 --repair 按签过的快照恢复，或者用 --second 另指一个文件夹'
