import { Link } from '@tanstack/react-router'
import { listMines, type MineShown } from '#contract/org.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

const columns: readonly Column<MineShown>[] = [
  { title: '编号', width: 80, cell: ({ code }) => code },
  {
    title: '名称',
    cell: ({ id, name }) => (
      <Link to="/mines/$id" params={{ id }}>
        {name}
      </Link>
    ),
  },
  { title: '类型', width: 160, cell: ({ mineType, typeNote }) => typeNote ?? mineTypes[mineType] },
  { title: '状态', width: 160, cell: ({ status }) => mineStatuses[status] },
  { title: '未销号重大', width: 100, number: true, cell: ({ openMajor }) => openMajor },
]

/** The mines and production systems of one company, each with its own permit, status and register (PRACTICE A6). */
export const CompanyMines = ({ companyId, creditCode }: { companyId: string; creditCode: string }) => {
  const query = { search: creditCode, limit: 50 }
  const pages = usePages<MineShown>(keyOf(listMines, query), async (after) =>
    must(await api.call(listMines, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <section aria-labelledby="company-mines">
      <h2 id="company-mines">它的矿山（库）</h2>
      <RecordTable
        label="它的矿山（库）"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <p>
            还没有登记它的矿山。
            <Link to="/mines/new" search={{ companyId }}>
              登记矿山
            </Link>
          </p>
        }
      />
    </section>
  )
}
