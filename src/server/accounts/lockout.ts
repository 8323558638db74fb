import type { DatabasePool } from '#server/platform/database/pool.ts'

/** Failed sign-ins in a row before an account rests, and how long it rests (the real clock, never the business clock). */
export const lockoutAfter = 5
export const lockoutMinutes = 15

export const lockedUntil = async (pool: DatabasePool, login: string, now: Date): Promise<Date | undefined> => {
  const { rows } = await pool.query<{ locked_until: Date }>(
    'select locked_until from machinery.sign_in_attempt where login = $1 and locked_until > $2',
    [login, now],
  )
  return rows[0]?.locked_until
}

/**
 * Guesses sent side by side all count, and none of them lifts a lock that another brought on. What nobody has tried for a
 * day is forgotten: names that no account has must not pile up.
 */
export const recordFailure = async (pool: DatabasePool, login: string, now: Date): Promise<void> => {
  await pool.query(
    `with forgotten as (delete from machinery.sign_in_attempt where last_failed_at < $2::timestamptz - interval '1 day' and login <> $1)
     insert into machinery.sign_in_attempt as a (login, failures, last_failed_at) values ($1, 1, $2)
     on conflict (login) do update set last_failed_at = $2,
       failures = case when a.locked_until <= $2 then 1 else a.failures + 1 end,
       locked_until = case
         when a.locked_until > $2 then a.locked_until
         when a.locked_until is null and a.failures + 1 >= $3 then $2::timestamptz + make_interval(mins => $4) end`,
    [login, now, lockoutAfter, lockoutMinutes],
  )
}

/** False when the account was locked while this password was being checked. */
export const clearFailures = async (pool: DatabasePool, login: string, now: Date): Promise<boolean> => {
  await pool.query(
    'delete from machinery.sign_in_attempt where login = $1 and (locked_until is null or locked_until <= $2)',
    [login, now],
  )
  return (await lockedUntil(pool, login, now)) === undefined
}
