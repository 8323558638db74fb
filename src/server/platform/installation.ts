import pg from 'pg'
import { z } from 'zod'
import type { DatabasePool } from '#server/platform/database/pool.ts'

/** What this installation is; written once, when it is made. */
export const installation = z.object({
  demo: z.boolean(),
  /** The day a demo stands on, ISO 8601 with its zone; a real installation has none. */
  clock: z.string().optional(),
})

export type Installation = z.infer<typeof installation>

const key = 'installation'

export const readInstallation = async (pool: DatabasePool): Promise<Installation> => {
  const { rows } = await pool.query<{ value: unknown }>('select value from machinery.setting where key = $1', [key])
  return rows[0] ? installation.parse(rows[0].value) : { demo: false }
}

/** As the owner, before the first start; an installation that was made stays what it is. */
export const markInstallation = async (adminUrl: string, made: Installation): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('insert into machinery.setting (key, value) values ($1, $2) on conflict (key) do nothing', [
      key,
      JSON.stringify(made),
    ])
  } finally {
    await client.end()
  }
}
