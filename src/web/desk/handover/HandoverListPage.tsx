import { Link } from '@tanstack/react-router'
import { type HandoverListed, listHandovers } from '#contract/handover.ts'
import { personWords } from '#web/desk/handover/personWords.ts'
import { keyOf, usePages } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const columns: readonly Column<HandoverListed>[] = [
  {
    title: '开出',
    width: 160,
    cell: ({ tenantId, id, givenAt }) => (
      <Link to="/handovers/$tenantId/$id" params={{ tenantId, id }}>
        {dateTimeOf(givenAt)}
      </Link>
    ),
  },
  { title: '交出人', cell: ({ from }) => personWords(from) },
  { title: '接收人', cell: ({ to }) => personWords(to) },
  { title: '件数', width: 80, number: true, cell: ({ items }) => items },
  {
    title: '状态',
    width: 200,
    cell: ({ statusTitle, endedAt, forMe }) => (
      <>
        {forMe ? <strong>等您接收</strong> : statusTitle}
        {endedAt && <span className="soft block">{dateTimeOf(endedAt)}</span>}
      </>
    ),
  },
]

export const HandoverListPage = () => {
  const query = { limit: 50 }
  const pages = usePages<HandoverListed>(keyOf(listHandovers, query), async (after) =>
    must(await api.call(listHandovers, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <Page
      title="岗位交接单"
      note="换人的时候，没有办完的事一件不落地交给下一位"
      actions={
        <Link to="/handovers/new" className="button-link">
          开一份交接单
        </Link>
      }
    >
      <RecordTable
        label="岗位交接单"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <p>
            本单位还没有交接单。调岗、离岗、休长假前，<Link to="/handovers/new">开一份交接单</Link>
            ，接收人在系统里接收。
          </p>
        }
      />
    </Page>
  )
}
