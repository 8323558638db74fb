import pg from 'pg'
import { codeOf, DatabaseTrouble } from './trouble.ts'

/** The application: owns nothing, creates nothing, row-level security holds it. */
export const appRole = 'bihuan_app'
/** The log's sequencer: reads what it puts into order and into the journal, writes the log alone. */
export const sequencerRole = 'bihuan_sequencer'

export type RolePasswords = { readonly app: string; readonly sequencer: string | undefined }

const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit'

const quoted = (text: string): string => pg.escapeLiteral(text)

/**
 * Creates the login roles the house works under, or brings those that exist to what they must be. The admin URL's own
 * role is the owner. A role without a given password is created without one: it cannot sign in until it gets one.
 */
export const ensureRoles = async (adminUrl: string, passwords: RolePasswords): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('begin')
    // Roles belong to the whole server: two databases on one server must not create them at the same moment.
    await client.query(`select pg_advisory_xact_lock(hashtext('bihuan roles'))`)
    await ensure(client, appRole, passwords.app)
    await ensure(client, sequencerRole, passwords.sequencer)
    await client.query('revoke create on schema public from public')
    await client.query('commit')
  } finally {
    await client.end()
  }
}

const ensure = async (client: pg.Client, role: string, password: string | undefined): Promise<void> => {
  const { rows } = await client.query<{ free: boolean }>(
    `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as free from pg_roles where rolname = $1`,
    [role],
  )
  const given = password === undefined ? '' : ` password ${quoted(password)}`
  const [found] = rows
  if (found === undefined) {
    await client.query(`create role ${role} ${attributes}${given}`)
    return
  }
  // An owner that is no superuser may not even name the attributes of a role that already lacks them.
  try {
    await client.query(`alter role ${role} ${found.free ? attributes : 'login'}${given}`)
  } catch (error) {
    if (codeOf(error) !== '42501') throw error
    throw new DatabaseTrouble(
      `数据库账号 ${role} 的权限过大或不归所有者管；请由数据库管理员执行：alter role ${role} ${attributes}`,
    )
  }
}
