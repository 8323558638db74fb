import { type CheckpointShown, listCheckpoints } from '#contract/ledger.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf, shortHash } from '#web/parts/words.ts'

const columns: readonly Column<CheckpointShown>[] = [
  { title: '签发时间', width: 150, cell: ({ signedAt }) => dateTimeOf(signedAt) },
  { title: '条数', width: 90, number: true, cell: ({ size }) => size },
  { title: '根校验值', width: 170, cell: ({ root }) => <code title={root}>{shortHash(root)}</code> },
  {
    title: '联署',
    cell: ({ cosignedBy }) =>
      cosignedBy.length > 0 ? <code>{cosignedBy.join('、')}</code> : <span className="soft">—</span>,
  },
]

/** Every checkpoint that was signed, the last first. A new one is there when the size on the page has grown. */
export const Checkpoints = ({ size }: { size: number }) => {
  const query = { limit: 20 }
  const pages = usePages<CheckpointShown>(keyOf(listCheckpoints, { query, size }), async (after) =>
    must(await api.call(listCheckpoints, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <section aria-labelledby="checkpoints">
      <h2 id="checkpoints">存证快照</h2>
      <p className="soft">快照记下当时一共多少条、全部内容的根校验值，由日志签名。前一份总包含在后一份里。</p>
      <RecordTable
        label="存证快照"
        columns={columns}
        pages={pages}
        rowKey={({ log, size: at }) => `${log}/${at}`}
        empty={<p>还没有签过快照。办理第一件事以后一秒左右就有。</p>}
      />
    </section>
  )
}
