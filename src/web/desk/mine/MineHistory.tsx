import { type MineChangeShown, mineHistory } from '#contract/org.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const Changes = ({ change: { first, changes } }: { change: MineChangeShown }) => {
  if (first) return <span>登记，共 {changes.length} 项</span>
  if (changes.length === 0) return <span className="soft">原样保存，没有改动</span>
  return (
    <ul className="changes">
      {changes.map(({ name, label, before, after }) => (
        <li key={name}>
          {label}：<span className="soft">{before ?? '未填'}</span> → {after ?? '未填'}
        </li>
      ))}
    </ul>
  )
}

const columns: readonly Column<MineChangeShown>[] = [
  { title: '时间', width: 150, cell: ({ at }) => dateTimeOf(at) },
  {
    title: '谁',
    width: 180,
    cell: ({ post, roleTitle }) => (
      <>
        {post ?? roleTitle}
        {post && post !== roleTitle && <span className="soft block">{roleTitle}</span>}
      </>
    ),
  },
  { title: '改了什么', cell: (change) => <Changes change={change} /> },
]

export const MineHistory = ({ mineId }: { mineId: string }) => {
  const query = { limit: 10 }
  const pages = usePages<MineChangeShown>([...keyOf(mineHistory, query), mineId], async (after) =>
    must(await api.call(mineHistory, { params: { id: mineId }, query: { ...query, ...(after && { after }) } })),
  )
  return (
    <section aria-labelledby="mine-history">
      <h2 id="mine-history">变更记录</h2>
      <RecordTable
        label="变更记录"
        columns={columns}
        pages={pages}
        rowKey={({ version }) => String(version)}
        empty={<p>没有变更记录。</p>}
      />
    </section>
  )
}
