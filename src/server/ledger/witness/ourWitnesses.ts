import type { PoolClient } from 'pg'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { readGivenKey, witnessKey } from './givenKey.ts'

type Queries = Pick<PoolClient, 'query'>

/** Whoever co-signs our checkpoints. Without an address what is signed travels by hand. */
export type OurWitness = {
  readonly name: string
  readonly vkey: string
  readonly url: string | null
  readonly size: number | null
  readonly triedAt: Date | null
  readonly trouble: string | null
}

export const listWitnesses = async (db: Queries): Promise<readonly OurWitness[]> =>
  (
    await db.query<OurWitness>(
      'select name, vkey, url, size, tried_at as "triedAt", trouble from ledger.witness order by name',
    )
  ).rows

/** C2SP calls it the submission prefix; a slash or the call itself at its end is taken off. */
const readUrl = (text: string): Outcome<string> => {
  const wrong = (message: string): Outcome<never> =>
    refuse({ code: 'no-address', message, remedy: '写成 http://主机:端口/log 这样（本系统的联署方以 /log 结尾）' })
  if (!URL.canParse(text)) return wrong(`“${text}”不是网址`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return wrong('网址要以 http:// 或 https:// 开头')
  if (url.username || url.password || url.search || url.hash) return wrong('网址里不要带账号、问号或井号')
  return ok(`${url.origin}${url.pathname}`.replace(/\/add-checkpoint\/?$/, '').replace(/\/+$/, ''))
}

type Given = { readonly vkey: string; readonly url: string | undefined; readonly ownWitnessName: string }

/** Registers it, or gives one that is registered another address. */
export const addWitness = async (db: Queries, given: Given, now: Date): Promise<Outcome<OurWitness>> => {
  const key = readGivenKey(given.vkey, witnessKey)
  if (!key.ok) return key
  const { name } = key.value
  if (name === given.ownWitnessName)
    return refuse({
      code: 'own-key',
      message: '这是本系统自己的联署公钥；自己给自己联署，证明不了什么',
      remedy: '登记上级或外单位的联署公钥',
    })
  const url = given.url === undefined ? ok(null) : readUrl(given.url)
  if (!url.ok) return url
  const { rows } = await db.query<OurWitness>(
    `insert into ledger.witness (name, vkey, url, added_at) values ($1, $2, $3, $4)
     on conflict (name) do update set url = coalesce(excluded.url, ledger.witness.url), trouble = null
       where ledger.witness.vkey = excluded.vkey
     returning name, vkey, url, size, tried_at as "triedAt", trouble`,
    [name, given.vkey, url.value, now],
  )
  if (rows[0]) return ok(rows[0])
  return refuse({
    code: 'name-taken',
    message: `${name} 已登记为另一把公钥`,
    remedy: `先与对方核对指纹；确实换了，运行 bihuan ledger witness remove ${name} 再登记`,
  })
}

const unknown = (name: string): Outcome<never> =>
  refuse({
    code: 'not-found',
    message: `没有登记叫 ${name} 的联署方`,
    remedy: '运行 bihuan ledger witness list 看名称',
  })

/** What it co-signed stays. */
export const removeWitness = async (db: Queries, name: string): Promise<Outcome<string>> => {
  const { rowCount } = await db.query('delete from ledger.witness where name = $1', [name])
  return rowCount ? ok(name) : unknown(name)
}

export const witnessNamed = async (db: Queries, name: string): Promise<Outcome<OurWitness>> => {
  const found = (await listWitnesses(db)).find((witness) => witness.name === name)
  return found ? ok(found) : unknown(name)
}
