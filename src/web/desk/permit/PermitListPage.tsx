import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import {
  listPermitKinds,
  listPermits,
  listUnregisteredPermits,
  type PermitShown,
  type UnregisteredPermit,
} from '#contract/permit.ts'
import { permitStandingNames, permitStandings } from '#domain/org/permit.ts'
import { PermitSheet } from '#web/desk/permit/PermitSheet.tsx'
import { permitColumns } from '#web/desk/permit/permitColumns.tsx'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const here = getRouteApi('/permits')

const unregisteredColumns: readonly Column<UnregisteredPermit>[] = [
  { title: '编号', width: 80, cell: ({ mineCode }) => mineCode },
  {
    title: '矿山',
    cell: ({ mineId, mineName }) => (
      <Link to="/mines/$id" params={{ id: mineId }}>
        {mineName}
      </Link>
    ),
  },
  { title: '名录里没有登记', cell: ({ kindTitle }) => kindTitle },
]

const Unregistered = () => {
  const query = { limit: 50 }
  const pages = usePages<UnregisteredPermit>(keyOf(listUnregisteredPermits, query), async (after) =>
    must(await api.call(listUnregisteredPermits, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <RecordTable
      label="没有登记的证照"
      columns={unregisteredColumns}
      pages={pages}
      rowKey={({ mineId, kind }) => `${mineId} ${kind}`}
      empty={<p>正常生产的矿山，应登记的证照都登记了。</p>}
    />
  )
}

/** 证照 of every mine in reach, what expires first on top. */
export const PermitListPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const [opened, setOpened] = useState<PermitShown>()
  const mayPut = useMay('permit.put')
  const { unregistered, ...filter } = search
  const query = { limit: 50, ...filter }
  const pages = usePages<PermitShown>(keyOf(listPermits, query), async (after) =>
    must(await api.call(listPermits, { query: { ...query, ...(after && { after }) } })),
  )
  // The figures are of everything in reach, whatever the list is narrowed to.
  const figures = useAnswer(listPermits, { query: { limit: 1 } })
  const kinds = useAnswer(listPermitKinds, {}, { staleTime: 300_000 })
  const set = (change: Partial<typeof search>) => {
    const next = Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value))
    void navigate({ search: next, replace: true })
  }
  return (
    <Page
      title="证照"
      note={
        kinds.data &&
        `到期前 ${kinds.data.soonDays} 天提示快到期，是设置（没有规定）；安全生产许可证另按条例提前 3 个月提示。`
      }
    >
      <search className="filters no-print">
        {permitStandingNames.map((standing) => (
          <button
            key={standing}
            type="button"
            className="chip"
            aria-pressed={!unregistered && search.standing === standing}
            onClick={() => set({ standing: search.standing === standing ? undefined : standing })}
          >
            {permitStandings[standing]} {figures.data?.totals[standing]}
          </button>
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={unregistered === true}
          onClick={() => void navigate({ search: unregistered ? {} : { unregistered: true }, replace: true })}
        >
          未登记 {figures.data?.unregistered}
        </button>
        {!unregistered && (
          <>
            <Select
              allowClear
              aria-label="证照种类"
              placeholder="种类"
              className="filter-select"
              value={search.kind ?? null}
              options={(kinds.data?.items ?? []).map(({ key, title }) => ({ value: key, label: title }))}
              onChange={(kind?: string) => set({ kind: kind ?? undefined })}
            />
            <Input.Search
              allowClear
              aria-label="按矿山名称、编号或证号查找"
              placeholder="矿山名称、编号、证号"
              defaultValue={search.search}
              onSearch={(text) => set({ search: text.trim() || undefined })}
            />
          </>
        )}
      </search>
      {unregistered ? (
        <Unregistered />
      ) : (
        <RecordTable
          label="证照"
          columns={permitColumns({ open: setOpened, ofOneMine: false })}
          pages={pages}
          rowKey={({ id }) => id}
          empty={
            Object.keys(filter).length > 0 ? (
              <p>
                没有符合条件的证照。<Link to="/permits">看全部</Link>
              </p>
            ) : (
              <p>
                这里按到期先后列出各矿的证照。证照在各矿的页面上登记：<Link to="/mines">矿山</Link>
              </p>
            )
          }
        />
      )}
      {opened && (
        <PermitSheet mineId={opened.mineId} permit={opened} mayPut={mayPut} close={() => setOpened(undefined)} />
      )}
    </Page>
  )
}
