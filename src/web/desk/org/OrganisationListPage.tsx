import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { listOrganisations, type OrganisationShown } from '#contract/org.ts'
import { organisationKinds } from '#domain/org/organisation.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const columns = (mayPut: boolean): readonly Column<OrganisationShown>[] => [
  {
    title: '名称',
    cell: ({ id, name }) =>
      mayPut ? (
        <Link to="/organisations/$id" params={{ id }}>
          {name}
        </Link>
      ) : (
        name
      ),
  },
  { title: '类别', cell: ({ kind }) => organisationKinds[kind] },
  { title: '行政区划代码', cell: ({ div }) => div },
  {
    title: '人员',
    width: 90,
    cell: ({ id }) => (
      <Link to="/people" search={{ tenantId: id }}>
        看人员
      </Link>
    ),
  },
]

export const OrganisationListPage = () => {
  const [search, setSearch] = useState('')
  const mayPut = useMay('organisation.put')
  const query = { limit: 50, ...(search && { search }) }
  const pages = usePages<OrganisationShown>(keyOf(listOrganisations, query), async (after) =>
    must(await api.call(listOrganisations, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <Page
      title="单位"
      note="局、乡镇应急站、专家库。单位登记后才能登记它的人员、开设它的账号。"
      actions={
        mayPut && (
          <Link to="/organisations/new" className="button-link">
            登记单位
          </Link>
        )
      }
    >
      <search className="filters no-print">
        <Input.Search
          allowClear
          aria-label="按名称查找单位"
          placeholder="名称"
          onSearch={(text) => setSearch(text.trim())}
        />
      </search>
      <RecordTable
        label="单位名录"
        columns={columns(mayPut)}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <p>
            {search ? `没有名称含“${search}”的单位。` : '还没有登记单位。'}
            {mayPut && <Link to="/organisations/new">登记单位</Link>}
          </p>
        }
      />
    </Page>
  )
}
