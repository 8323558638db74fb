import { Button } from 'antd'
import { readLifeCycle } from '#contract/notice.ts'
import type { ReplyOf } from '#contract/route.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

type Row = ReplyOf<typeof readLifeCycle>['rows'][number]

const Cases = ({ cases }: { cases: readonly { readonly when: string; readonly what: readonly string[] }[] }) =>
  cases.length === 0 ? (
    <span className="soft">—</span>
  ) : (
    <ul className="cases">
      {cases.map(({ when, what }) => (
        <li key={when + what.join()}>
          {when && when !== '所有隐患' && <span className="soft">{when}：</span>}
          {what.join('、')}
        </li>
      ))}
    </ul>
  )

const Rule = ({ row }: { row: Row }) => (
  <tr id={row.act} data-act-row={row.act}>
    <th scope="row" data-label="事项">
      {row.title}
    </th>
    <td data-label="在什么状态下">{row.from.length > 0 ? row.from.join('、') : '开始一条新的'}</td>
    <td data-label="谁能办">
      <Cases cases={row.who.map(({ when, roles }) => ({ when, what: roles }))} />
      {row.onPaper && <div className="soft">{row.onPaper}</div>}
    </td>
    <td data-label="要有什么">
      {(row.needs.length > 0 || !row.also) && (
        <Cases cases={row.needs.map(({ when, facts }) => ({ when, what: facts }))} />
      )}
      {row.also && <div>{row.also}</div>}
    </td>
    <td data-label="办了以后">{row.leadsTo}</td>
    <td data-label="依据">{row.clause}</td>
  </tr>
)

const headings = ['事项', '在什么状态下', '谁能办', '要有什么', '办了以后', '依据']

/** The transition table as a document: the same one that decides. */
export const RulesPage = () => {
  const read = useAnswer(readLifeCycle, {}, { staleTime: 300_000 })
  if (read.isError)
    return (
      <Page title="办理规则">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={16} />
  return (
    <Page
      title="办理规则"
      note="系统就是照这张表判断谁能办、缺什么、依据哪一条；按钮、提示和这一页出自同一张表。"
      actions={
        <Button className="no-print" onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <div className="table-scroll">
        <table className="records rules" aria-label="隐患办理规则表">
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {read.data.rows.map((row) => (
              <Rule key={row.act} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  )
}
