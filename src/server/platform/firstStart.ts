import pg from 'pg'
import { type Installation, installation } from '#server/platform/installation.ts'

/** What a database is before it is opened: fresh, a demo whose making was broken off, or an installation. */
export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'halfMade' }
  | { readonly kind: 'made'; readonly installation: Installation }

const asOwner = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: 'bihuan-first-start' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Any login may look. */
export const standingOf = (url: string): Promise<Standing> =>
  asOwner(url, async (client) => {
    const { rows } = await client.query<{ key: string; value: unknown }>(
      `select key, value from machinery.setting where key in ('installation', 'populating')`,
    )
    if (rows.some(({ key }) => key === 'populating')) return { kind: 'halfMade' }
    const [found] = rows
    return found ? { kind: 'made', installation: installation.parse(found.value) } : { kind: 'new' }
  })

/** From here to `finishDemo` the database counts as half made: a start that finds it so begins anew. */
export const beginDemo = (adminUrl: string, made: Installation): Promise<void> =>
  asOwner(adminUrl, async (client) => {
    await client.query(
      `insert into machinery.setting (key, value) values ('installation', $1), ('populating', 'true')`,
      [JSON.stringify(made)],
    )
  })

export const finishDemo = (adminUrl: string): Promise<void> =>
  asOwner(adminUrl, async (client) => {
    await client.query(`delete from machinery.setting where key = 'populating'`)
  })

/** Empties a demo that was never finished, and nothing else. */
export const clearHalfMade = (adminUrl: string): Promise<void> =>
  asOwner(adminUrl, async (client) => {
    await client.query('begin')
    const { rowCount } = await client.query(`select from machinery.setting where key = 'populating' for update`)
    if (rowCount !== 1) throw new Error('not a half-made demo')
    await client.query('drop schema if exists core, ledger, read, private, machinery, pgboss cascade')
    await client.query('commit')
  })
