import type { PoolClient } from 'pg'
import { erasePerson } from '#server/platform/erasePerson.ts'
import type { PrivateRow } from '#server/platform/stream.ts'

type Place = { readonly tenantId: string; readonly div: string; readonly now: Date }

type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] }

const statementsOf = (row: PrivateRow, { tenantId, div, now }: Place): readonly Statement[] => {
  if (row.table === 'erased') return erasePerson(row)
  if (row.table === 'private.import_row')
    return [
      {
        name: 'import-rows',
        text: `insert into private.import_row (tenant_id, import_id, at, div, sheet, row, title, fate, commands, outcome)
          select $1, $2, g.place - 1, $3, r.sheet, r.row, r.title, r.fate,
            case when r.fate in ('add', 'replace') then r.commands end,
            case when r.fate not in ('add', 'replace') then r.fate end
          from jsonb_array_elements($4::jsonb) with ordinality as g(given, place),
            jsonb_to_record(g.given) as r(sheet text, row int, title text, fate text, commands jsonb)`,
        values: [tenantId, row.importId, div, JSON.stringify(row.rows)],
      },
    ]
  // What is not given stays as it is: whoever corrects a name need not know the telephone number.
  if (row.table === 'private.person')
    return [
      {
        name: 'private-person',
        text: `insert into private.person (tenant_id, person_id, div, name, phone, updated_at) values ($1, $2, $3, $4, $5, $6)
          on conflict (tenant_id, person_id) do update
          set name = coalesce(excluded.name, person.name), phone = coalesce(excluded.phone, person.phone), updated_at = excluded.updated_at, div = excluded.div`,
        values: [tenantId, row.personId, div, row.name ?? null, row.phone ?? null, now],
      },
    ]
  return [
    {
      name: 'private-account',
      text: `insert into private.account (tenant_id, account_id, div, login, password_hash, updated_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, account_id) do update set login = $4, password_hash = $5, updated_at = $6, div = $3`,
      values: [tenantId, row.accountId, div, row.login, row.passwordHash, now],
    },
    // Whoever was signed in with the old password is not any more.
    { name: 'end-sessions', text: 'delete from machinery.session where account_id = $1', values: [row.accountId] },
  ]
}

/** Private data lies apart from the events, in the same transaction: erasable without touching the log. */
export const writePrivate = async (client: PoolClient, rows: readonly PrivateRow[], place: Place): Promise<void> => {
  await Promise.all(rows.flatMap((row) => statementsOf(row, place)).map((statement) => client.query(statement)))
}
