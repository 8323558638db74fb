import { getRouteApi, Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { type AccountShown, listAccounts } from '#contract/org.ts'
import { roleTitle } from '#domain/access/role.ts'
import { reachWords } from '#web/desk/account/reachWords.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'

const here = getRouteApi('/accounts')

const columns: readonly Column<AccountShown>[] = [
  {
    title: '账号名',
    width: 180,
    cell: ({ tenantId, id, login }) => (
      <Link to="/accounts/$tenantId/$id" params={{ tenantId, id }}>
        {login ?? '还没有设账号名'}
      </Link>
    ),
  },
  {
    title: '单位',
    cell: ({ tenantName, post }) => (
      <>
        {tenantName}
        {post && <span className="soft block">{post}</span>}
      </>
    ),
  },
  { title: '岗位', cell: ({ grants }) => grants.map(({ role }) => roleTitle(role)).join('、') },
  { title: '管辖范围', cell: reachWords },
  { title: '状态', width: 90, cell: ({ disabled }) => (disabled ? '已停用' : '在用') },
]

export const AccountListPage = () => {
  const { session } = useStanding()
  const { search } = here.useSearch()
  const navigate = here.useNavigate()
  const query = { limit: 50, ...(search && { search }) }
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
      <search className="filters no-print">
        <Input.Search
          allowClear
          aria-label="按账号名、单位或人员岗位查找"
          placeholder="账号名、单位、人员岗位"
          defaultValue={search}
          onSearch={(text) => void navigate({ search: text.trim() ? { search: text.trim() } : {}, replace: true })}
        />
      </search>
      <RecordTable
        label="账号"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<p>{search ? `没有账号名、单位或岗位含“${search}”的账号。` : '还没有账号。'}</p>}
      />
    </Page>
  )
}
