import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { listMines, type MineShown } from '#contract/org.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { mineFigures } from '#domain/org/mineFigures.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/mines')

const columns: readonly Column<MineShown>[] = [
  { title: '编号', width: 70, cell: ({ code }) => code },
  {
    title: '名称',
    cell: ({ id, name, companyName }) => (
      <>
        <Link to="/mines/$id" params={{ id }}>
          {name}
        </Link>
        <span className="soft block">{companyName}</span>
      </>
    ),
  },
  { title: '乡镇', width: 100, cell: ({ township }) => township },
  {
    title: '类型',
    width: 170,
    cell: ({ mineType, typeNote, mineral }) => (
      <>
        {typeNote ?? mineTypes[mineType]}
        <span className="soft block">{mineral}</span>
      </>
    ),
  },
  {
    title: '状态',
    width: 170,
    cell: ({ status, statusNote }) => (
      <>
        {mineStatuses[status]}
        {statusNote && <span className="soft block">{statusNote}</span>}
      </>
    ),
  },
  { title: '整治范围', width: 90, cell: ({ inScope }) => (inScope ? '在内' : '不在内') },
  { title: '人数', width: 80, number: true, cell: ({ staffOwn, staffContracted }) => staffOwn + staffContracted },
  {
    title: '未销号重大',
    width: 100,
    number: true,
    cell: ({ id, openMajor }) =>
      openMajor === 0 ? (
        0
      ) : (
        <Link to="/register" search={{ mineId: id, grade: 'major', open: 'true' }}>
          {openMajor}
        </Link>
      ),
  },
  {
    title: '逾期',
    width: 70,
    number: true,
    cell: ({ id, overdue }) =>
      overdue === 0 ? (
        0
      ) : (
        <Link to="/register" search={{ mineId: id, overdue: 'true' }}>
          <strong>{overdue}</strong>
        </Link>
      ),
  },
  {
    title: '未销号一般',
    width: 100,
    number: true,
    cell: ({ id, openGeneral }) =>
      openGeneral === 0 ? (
        0
      ) : (
        <Link to="/register" search={{ mineId: id, grade: 'general', open: 'true' }}>
          {openGeneral}
        </Link>
      ),
  },
]

const options = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }))

const Filters = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value))
    void navigate({ search: next, replace: true })
  }
  return (
    <search className="filters no-print">
      <Input.Search
        allowClear
        aria-label="按名称、编号或信用代码查找"
        placeholder="名称、编号、信用代码"
        defaultValue={search.search}
        onSearch={(text) => set({ search: text.trim() })}
      />
      {search.figure && (
        <button type="button" className="chip" aria-pressed onClick={() => set({ figure: undefined })}>
          {mineFigures[search.figure]} ×
        </button>
      )}
      <Select
        allowClear
        aria-label="类型"
        placeholder="类型"
        className="filter-select"
        value={search.mineType ?? null}
        options={options(mineTypes)}
        onChange={(mineType) => set({ mineType: mineType ?? undefined })}
      />
      <Select
        allowClear
        aria-label="状态"
        placeholder="状态"
        className="filter-select"
        value={search.status ?? null}
        options={options(mineStatuses)}
        onChange={(status) => set({ status: status ?? undefined })}
      />
    </search>
  )
}

export const MineListPage = () => {
  const search = here.useSearch()
  const query = { limit: 50, ...search }
  const pages = usePages<MineShown>(keyOf(listMines, query), async (after) =>
    must(await api.call(listMines, { query: { ...query, ...(after && { after }) } })),
  )
  const may = useMay('mine.put')
  const mayPresence = useMay('presence.read')
  const mayCompanies = useMay('company.read')
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      title="矿山"
      actions={
        <>
          <Link to="/permits" className="button-link">
            证照
          </Link>
          {mayPresence && (
            <Link to="/presence" className="button-link">
              关键人驻矿
            </Link>
          )}
          {mayCompanies && (
            <Link to="/companies" className="button-link">
              企业
            </Link>
          )}
          {may && (
            <Link to="/imports" search={{ kind: 'mines' }} className="button-link">
              从表格导入
            </Link>
          )}
          {may && (
            <Link to="/mines/new" className="button-link">
              登记矿山
            </Link>
          )}
        </>
      }
    >
      <Filters />
      <RecordTable
        label="矿山名录"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          filtered ? (
            <p>
              没有符合条件的矿山。<Link to="/mines">看全部</Link>
            </p>
          ) : (
            <p>这里是辖区矿山的名录。{may && <Link to="/companies/new">先登记企业，再登记它的矿山</Link>}</p>
          )
        }
      />
    </Page>
  )
}
