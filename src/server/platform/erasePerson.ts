export type Erasure = {
  readonly tenantId: string
  readonly personId: string
  /** The person's events up to this version are closed; the erasure itself, which says nothing of the person, stays open. */
  readonly upTo: number
  /** The person's accounts, all disabled: what they signed in with goes too. */
  readonly accounts: readonly { readonly tenantId: string; readonly id: string }[]
}

type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] }

/** Name, phone, login, password, and the salts that open the leaves. Done again it does nothing. */
export const erasePerson = ({ tenantId, personId, upTo, accounts }: Erasure): readonly Statement[] => [
  {
    name: 'erase-person',
    text: 'delete from private.person where tenant_id = $1 and person_id = $2',
    values: [tenantId, personId],
  },
  {
    name: 'erase-salts',
    text: `update private.leaf_salt set salt = null
      where tenant_id = $1 and stream_id = $2 and version <= $3 and salt is not null`,
    values: [tenantId, personId, upTo],
  },
  {
    name: 'erase-logins',
    text: `with gone as (
        delete from private.account p using unnest($1::uuid[], $2::uuid[]) as a(tenant_id, account_id)
        where p.tenant_id = a.tenant_id and p.account_id = a.account_id returning p.login
      ), released as (
        delete from core.claim c using gone where c.kind = 'login' and c.value = gone.login
      ), ended as (
        delete from machinery.session where account_id = any($2::uuid[])
      )
      delete from machinery.sign_in_attempt t using gone where t.login = gone.login`,
    values: [accounts.map((account) => account.tenantId), accounts.map((account) => account.id)],
  },
]
