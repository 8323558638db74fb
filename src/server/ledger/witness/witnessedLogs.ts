import type { PoolClient } from 'pg'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { logKey, readGivenKey } from './givenKey.ts'

type Queries = Pick<PoolClient, 'query'>

/** A log that we co-sign, and how far. */
export type WitnessedLog = {
  readonly origin: string
  readonly vkey: string
  readonly size: number | null
  readonly cosignedAt: Date | null
  /** The signed note that was co-signed last. */
  readonly note: string | null
}

const columns = 'origin, vkey, size, cosigned_at as "cosignedAt", note'

export const listWitnessed = async (db: Queries): Promise<readonly WitnessedLog[]> =>
  (await db.query<WitnessedLog>(`select ${columns} from ledger.witnessed order by origin`)).rows

/** From now on its checkpoints are co-signed. The same again changes nothing: what was co-signed stays known. */
export const addWitnessed = async (db: Queries, vkey: string, now: Date): Promise<Outcome<WitnessedLog>> => {
  const key = readGivenKey(vkey, logKey)
  if (!key.ok) return key
  const origin = key.value.name
  const { rows: own } = await db.query('select from ledger.log where origin = $1', [origin])
  if (own.length > 0)
    return refuse({
      code: 'own-key',
      message: '这是本系统自己的存证；自己给自己联署，证明不了什么',
      remedy: '登记下级或外单位的存证公钥',
    })
  await db.query(
    'insert into ledger.witnessed (origin, vkey, added_at) values ($1, $2, $3) on conflict (origin) do nothing',
    [origin, vkey, now],
  )
  const { rows } = await db.query<WitnessedLog>(`select ${columns} from ledger.witnessed where origin = $1`, [origin])
  const [kept] = rows
  if (kept?.vkey === vkey) return ok(kept)
  return refuse({
    code: 'name-taken',
    message: `${origin} 已登记为另一把公钥；同一份存证不会换钥匙，换了就是另起一份`,
    remedy: '与对方当面核对指纹，不要急着改',
  })
}

/** Gives what was known of it: whoever adds it again begins without a memory. */
export const removeWitnessed = async (db: Queries, origin: string): Promise<Outcome<WitnessedLog>> => {
  const { rows } = await db.query<WitnessedLog>(`delete from ledger.witnessed where origin = $1 returning ${columns}`, [
    origin,
  ])
  const [gone] = rows
  if (gone) return ok(gone)
  return refuse({
    code: 'not-found',
    message: `没有登记 ${origin} 这份存证`,
    remedy: '运行 bihuan ledger witness-for list 看名称',
  })
}
