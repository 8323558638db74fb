import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { type CompanyShown, listCompanies } from '#contract/org.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const columns = (mayPut: boolean): readonly Column<CompanyShown>[] => [
  {
    title: '企业',
    cell: ({ id, name, address }) => (
      <>
        {mayPut ? (
          <Link to="/companies/$id" params={{ id }}>
            {name}
          </Link>
        ) : (
          name
        )}
        {address && <span className="soft block">{address}</span>}
      </>
    ),
  },
  {
    title: '统一社会信用代码',
    width: 220,
    cell: ({ creditCode }) => <span className="code">{creditCode}</span>,
  },
  { title: '行政区划代码', width: 140, cell: ({ div }) => div },
  {
    title: '矿山（库）',
    width: 110,
    number: true,
    cell: ({ creditCode, mines }) =>
      mines === 0 ? (
        0
      ) : (
        <Link to="/mines" search={{ search: creditCode }}>
          {mines}
        </Link>
      ),
  },
  ...(mayPut
    ? [
        {
          title: '办理',
          width: 110,
          cell: ({ id }: CompanyShown) => (
            <Link to="/mines/new" search={{ companyId: id }}>
              登记矿山
            </Link>
          ),
        },
      ]
    : []),
]

export const CompanyListPage = () => {
  const [search, setSearch] = useState('')
  const mayPut = useMay('company.put')
  const query = { limit: 50, ...(search && { search }) }
  const pages = usePages<CompanyShown>(keyOf(listCompanies, query), async (after) =>
    must(await api.call(listCompanies, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <Page
      title="企业"
      note="一家企业可以有几座矿（库）；信用代码是企业的。"
      actions={
        mayPut && (
          <Link to="/companies/new" className="button-link">
            登记企业
          </Link>
        )
      }
    >
      <search className="filters no-print">
        <Input.Search
          allowClear
          aria-label="按名称或信用代码查找企业"
          placeholder="名称、信用代码"
          onSearch={(text) => setSearch(text.trim())}
        />
      </search>
      <RecordTable
        label="企业名录"
        columns={columns(mayPut)}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <p>
            {search ? `没有名称或代码含“${search}”的企业。` : '还没有登记企业。'}
            {mayPut && <Link to="/companies/new">登记企业</Link>}
          </p>
        }
      />
    </Page>
  )
}
