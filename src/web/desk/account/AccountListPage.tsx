import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { type accountShown, listAccounts } from '#contract/org.ts'
import { roleTitle } from '#domain/access/role.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'

export type AccountShown = z.output<typeof accountShown>

const columns: readonly Column<AccountShown>[] = [
  { title: '单位', cell: ({ tenantName }) => tenantName },
  {
    title: '岗位',
    cell: ({ tenantId, id, grants }) => (
      <Link to="/accounts/$tenantId/$id" params={{ tenantId, id }}>
        {grants.map(({ role }) => roleTitle(role)).join('、')}
      </Link>
    ),
  },
  {
    title: '管辖范围',
    cell: ({ grants }) =>
      grants
        .map(({ scope }) => (scope.kind === 'division' ? `区划 ${scope.code}` : `${scope.ids.length} 个单位`))
        .join('、'),
  },
  { title: '状态', width: 90, cell: ({ disabled }) => (disabled ? '已停用' : '在用') },
]

const query = { limit: 50 }

export const AccountListPage = () => {
  const { session } = useStanding()
  const pages = usePages<AccountShown>(keyOf(listAccounts, query), async (after) =>
    must(await api.call(listAccounts, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <Page
      title="账号"
      note="账号按岗位开设；能办什么由岗位和管辖范围决定。"
      actions={
        <Link
          to="/accounts/$tenantId/$id"
          params={{ tenantId: session.homeTenantId, id: `new-${newId()}` }}
          className="button-link"
        >
          开设账号
        </Link>
      }
    >
      <RecordTable label="账号" columns={columns} pages={pages} rowKey={({ id }) => id} empty={<p>还没有账号。</p>} />
    </Page>
  )
}
