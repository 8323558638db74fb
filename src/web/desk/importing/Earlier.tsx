import { Link } from '@tanstack/react-router'
import { type ImportShown, listImports } from '#contract/importing.ts'
import { importKinds } from '#domain/importing/kinds/kinds.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const columns: readonly Column<ImportShown>[] = [
  {
    title: '时间',
    width: 150,
    cell: ({ tenantId, id, takenAt }) => (
      <Link to="/imports/$tenantId/$id" params={{ tenantId, id }}>
        {dateTimeOf(takenAt)}
      </Link>
    ),
  },
  { title: '导入', cell: ({ kind }) => importKinds[kind].title },
  { title: '由谁', cell: ({ roleTitle }) => roleTitle },
  { title: '行数', width: 80, number: true, cell: ({ total }) => total },
  { title: '已登记', width: 80, number: true, cell: ({ outcomes }) => outcomes.added },
  { title: '已修改', width: 80, number: true, cell: ({ outcomes }) => outcomes.replaced },
  {
    title: '没有办成',
    width: 100,
    number: true,
    cell: ({ outcomes }) => (outcomes.refused > 0 ? <strong>{outcomes.refused}</strong> : 0),
  },
]

export const Earlier = () => {
  const pages = usePages<ImportShown>(keyOf(listImports, { limit: 20 }), async (after) =>
    must(await api.call(listImports, { query: { limit: 20, ...(after && { after }) } })),
  )
  return (
    <section className="import-part" aria-labelledby="import-earlier">
      <h2 id="import-earlier">导入记录</h2>
      <RecordTable
        label="导入记录"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<p>还没有导入过。导入一次留一条记录：哪个表格、哪些行、逐行的结果。</p>}
      />
    </section>
  )
}
