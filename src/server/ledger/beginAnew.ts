import { beginLog } from './beginning.ts'
import { claimFolder } from './claimFolder.ts'
import { identify, type LogIdentity, lastLog, signatoryFor } from './identity.ts'
import { type LedgerKeys, nextOrigin, numberIn } from './keys.ts'
import { forgetRestored, type Restored } from './restoredMark.ts'
import { openSecondHome } from './secondHome.ts'
import type { Queries } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

export type Begun = { readonly number: number; readonly origin: string; readonly reason: string }

type Place = { readonly keys: LedgerKeys; readonly secondFolder: string; readonly now: Date }

const begin = async (db: Queries, identity: LogIdentity, { secondFolder, now }: Place): Promise<Begun> => {
  const published = await claimFolder(await openSecondHome(secondFolder), identity)
  await beginLog(db, identity, { now, published })
  await forgetRestored(db)
  const { number, origin, toBegin } = identity
  return { number, origin, reason: toBegin?.reason ?? '' }
}

/** After a restore that nothing can be put back to. As the owner, with the sequencer's lock held. */
export const beginAfterRestore = async (db: Queries, behind: Restored, place: Place): Promise<Begun> =>
  begin(db, await identify(db, place.keys, behind), place)

/** Because people decided it: two posts, who stand in its first leaf. The old log lies in the archive from then on. */
export const beginDecided = async (
  db: Queries,
  { reason, decidedBy }: { readonly reason: string; readonly decidedBy: readonly string[] },
  place: Place,
): Promise<Begun> => {
  const row = await lastLog(db)
  if (!row) throw new LedgerTrouble('treeDamaged', '还没有存证，用不着另起', '启动系统后会自动开始')
  const { keys } = place
  const number = Math.max(row.number, numberIn(keys.lastLogKey()?.origin ?? '') ?? 0) + 1
  const key = keys.drawLogKey(nextOrigin(row.origin, number))
  return begin(db, { ...signatoryFor(key), number, toBegin: { reason, decidedBy } }, place)
}
