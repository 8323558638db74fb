import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { listCriteria } from '#contract/notice.ts'
import { type MineFactShown, readMineFacts } from '#contract/org.ts'
import type { ReplyOf } from '#contract/route.ts'
import { FactSheet } from '#web/desk/mine/FactSheet.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { dateOf } from '#web/parts/words.ts'

type Criterion = ReplyOf<typeof listCriteria>['items'][number]

const verdict = ({ applies, reason, missing = [] }: Criterion) => {
  if (applies === 'yes') return '适用'
  // The reason already begins with 不涉及.
  if (applies === 'no') return reason ?? '不涉及'
  return `资料不足（还不知道：${missing.join('、')}）`
}

const Fact = ({ fact, edit }: { fact: MineFactShown; edit?: (() => void) | undefined }) => {
  const { title, value, words, changed, rulesOut, source } = fact
  return (
    <tr data-fact={fact.key}>
      <th scope="row" data-label="情况">
        {title}
      </th>
      <td data-label="现在">
        {value === undefined ? '未知，资料不足' : words}
        {rulesOut.length > 0 && <span className="soft block">因此不涉及 {rulesOut.join('、')}</span>}
      </td>
      <td data-label="来源">
        {source ? (
          <>
            {source.source} <span className="soft">{source.on}</span>
          </>
        ) : (
          <span className="soft">{value === undefined ? '—' : '没有写来源'}</span>
        )}
      </td>
      <td data-label="最后修改">
        {changed ? (
          <>
            {dateOf(changed.at)} <span className="soft">{changed.post ?? changed.roleTitle}</span>
          </>
        ) : (
          <span className="soft">没有填过</span>
        )}
      </td>
      {edit && (
        <td className="row-actions">
          <Button
            size="small"
            type="text"
            onClick={edit}
            aria-label={`${value === undefined ? '填写' : '修改'}：${title}`}
          >
            {value === undefined ? '填写' : '修改'}
          </Button>
        </td>
      )}
    </tr>
  )
}

const Facts = ({ mineId }: { mineId: string }) => {
  const read = useAnswer(readMineFacts, { params: { id: mineId } })
  const [editing, setEditing] = useState<MineFactShown>()
  const mayPut = useMay('mine.put')
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  if (!read.data) return <Skeleton active title={false} />
  return (
    <>
      <table className="records" aria-label="决定判定标准是否适用的情况">
        <thead>
          <tr>
            <th scope="col">情况</th>
            <th scope="col">现在</th>
            <th scope="col">来源</th>
            <th scope="col">最后修改</th>
            {mayPut && (
              <th scope="col">
                <span className="off-screen">办理</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {read.data.items.map((fact) => (
            <Fact key={fact.key} fact={fact} edit={mayPut ? () => setEditing(fact) : undefined} />
          ))}
        </tbody>
      </table>
      {editing && <FactSheet mineId={mineId} fact={editing} close={() => setEditing(undefined)} />}
    </>
  )
}

const Row = ({ criterion }: { criterion: Criterion }) => (
  <tr data-criterion={criterion.code} data-applies={criterion.applies}>
    <th scope="row" data-label="编号">
      {criterion.code}
    </th>
    <td data-label="判定标准">{criterion.title}</td>
    <td data-label="对本矿">
      <span className={criterion.applies === 'yes' ? undefined : 'soft'}>{verdict(criterion)}</span>
    </td>
  </tr>
)

/** Which criteria concern this mine, which do not and why, and which cannot be told yet: unknown is never 不涉及. */
export const MineCriteria = ({ mineId, mineType }: { mineId: string; mineType: string }) => {
  const [others, setOthers] = useState(false)
  const read = useAnswer(listCriteria, { query: { mineId } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  const items = read.data?.items ?? []
  const own = items.filter((one) => one.mineType === mineType)
  const rest = items.filter((one) => one.mineType !== mineType)
  const count = (applies: Criterion['applies']) => own.filter((one) => one.applies === applies).length
  return (
    <section aria-labelledby="mine-criteria">
      <h2 id="mine-criteria">判定标准</h2>
      {!read.data && <Skeleton active title={false} />}
      {read.data && (
        <p className="soft">
          适用 {count('yes')} 条，资料不足 {count('unknown')} 条（照样要查），不涉及 {count('no')} 条
          {rest.length > 0 && `；另有 ${rest.length} 条属于其他类型的矿山`}。
        </p>
      )}
      {read.data && (
        <table className="records mine-criteria" aria-label="判定标准">
          <thead>
            <tr>
              <th scope="col">编号</th>
              <th scope="col">判定标准</th>
              <th scope="col">对本矿</th>
            </tr>
          </thead>
          <tbody>
            {own.map((criterion) => (
              <Row key={criterion.code} criterion={criterion} />
            ))}
            {others && rest.map((criterion) => <Row key={criterion.code} criterion={criterion} />)}
          </tbody>
        </table>
      )}
      {rest.length > 0 && (
        <button type="button" className="plain-link" aria-expanded={others} onClick={() => setOthers(!others)}>
          {others ? '收起其他类型的' : `其他类型的 ${rest.length} 条`}
        </button>
      )}
      <h3>情况</h3>
      <p className="soft">判定标准适用不适用，由这些情况决定；未知的不当作“否”。</p>
      <Facts mineId={mineId} />
    </section>
  )
}
