import '#web/desk/selfCheck/selfCheck.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { readSelfCheck, type SheetShown, type ShownItem } from '#contract/selfCheck.ts'
import { outcomes } from '#domain/selfCheck/answer.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { answerOf, countsOf, monthTitle, outcomeWords } from '#web/parts/sheet.ts'
import { dateOf } from '#web/parts/words.ts'

const here = getRouteApi('/self-checks/$mineId/$month/print')

const Boxes = ({ item, chosen }: { item: ShownItem; chosen: string | undefined }) => (
  <>
    {outcomes.map((outcome) => (
      <span key={outcome} className="box">
        {chosen === outcome ? '☑' : '□'}
        {outcomeWords(item, outcome)}
      </span>
    ))}
  </>
)

const Row = ({ sheet, item, blank }: { sheet: SheetShown; item: ShownItem; blank: boolean }) => {
  const answer = blank ? undefined : answerOf(sheet, item.code)
  const words = answer && [
    answer.reason,
    answer.place,
    answer.note,
    answer.tooDangerous && '危险，不宜靠近',
    answer.photos.length > 0 && `照片 ${answer.photos.length} 张`,
    answer.hazard && `隐患 ${answer.hazard.number}`,
    `${answer.byPost} ${dateOf(answer.answeredAt)}`,
  ]
  const silent = item.notApplicable !== undefined && !answer
  return (
    <tr>
      <td>{item.number}</td>
      <td>
        {item.question}
        {item.criterion && <span className="print-text">{item.criterion.text}</span>}
      </td>
      <td className="boxes">{silent ? item.notApplicable : <Boxes item={item} chosen={answer?.outcome} />}</td>
      <td>{words?.filter(Boolean).join('；')}</td>
    </tr>
  )
}

type Section = SheetShown['sections'][number]

const otherType = '不涉及（矿山类型）'

/** A criterion of another type of mine takes one line: it is on the sheet, marked by itself, and asks nothing. */
const isOfOtherType = (sheet: SheetShown, { items }: Section): boolean =>
  items.every(({ code, notApplicable }) => notApplicable === otherType && !answerOf(sheet, code))

const Criterion = ({ sheet, section, blank }: { sheet: SheetShown; section: Section; blank: boolean }) => (
  <tbody data-section={section.key} data-criterion={section.items[0]?.criterion?.code}>
    {isOfOtherType(sheet, section) ? (
      <tr>
        <td>{section.key}</td>
        <td>{section.items[0]?.criterion?.title ?? section.title}</td>
        <td className="boxes">{otherType}</td>
        <td />
      </tr>
    ) : (
      <>
        <tr className="print-section">
          <th colSpan={4} scope="rowgroup">
            {section.title}
          </th>
        </tr>
        {section.items.map((item) => (
          <Row key={item.code} sheet={sheet} item={item} blank={blank} />
        ))}
      </>
    )}
  </tbody>
)

const Signatures = ({ sheet, blank }: { sheet: SheetShown; blank: boolean }) => {
  const signed = blank ? undefined : sheet.signatures.at(-1)
  const submitted = blank ? undefined : sheet.submissions.at(-1)
  return (
    <footer className="print-signatures">
      <p>参加排查人员：{submitted?.team ?? '　'}</p>
      <p>
        主要负责人亲自带队：{signed ? (signed.ledInPerson ? '是' : '否') : '□是　□否'}
        {signed && signed.paper.length === 0 && `　系统内签字：${signed.byPost} ${signed.on}`}
      </p>
      <p className="print-lines">
        <span>填表人：</span>
        <span>主要负责人签字：</span>
        <span>日期：</span>
      </p>
    </footer>
  )
}

/** A4: all 64 criteria and the ordinary items, as answered or blank, to go round with and to sign by hand. */
export const PrintPage = () => {
  const params = here.useParams()
  const { blank = false } = here.useSearch()
  const navigate = here.useNavigate()
  const read = useAnswer(readSelfCheck, { params })
  if (read.isError)
    return (
      <Page title="打印排查表">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={10} />
  const sheet = read.data
  const counts = countsOf(sheet)
  return (
    <Page
      title="打印排查表"
      actions={
        <>
          <Link to="/self-checks/$mineId/$month" params={params} className="button-link">
            回排查表
          </Link>
          <Button onClick={() => void navigate({ search: blank ? {} : { blank: true }, replace: true })}>
            {blank ? '印上已答的' : '印空白表'}
          </Button>
          <Button type="primary" onClick={() => window.print()}>
            打印
          </Button>
        </>
      }
    >
      <article className="sheet-print" aria-label="排查表">
        <style>{'@page { size: A4 portrait; margin: 12mm }'}</style>
        <h2>
          {sheet.mineName}重大事故隐患月排查表（{monthTitle(sheet.month)}）
        </h2>
        {!blank && (
          <p>
            应查 {counts.asked}，符合要求 {counts.good}，有问题 {counts.bad}，不涉及 {counts.notApplicable}，未查{' '}
            {counts.notChecked.length}
          </p>
        )}
        <table>
          <thead>
            <tr>
              <th scope="col" className="print-code">
                编号
              </th>
              <th scope="col">检查内容</th>
              <th scope="col" className="print-outcome">
                结果
              </th>
              <th scope="col" className="print-note">
                部位、情况、检查人
              </th>
            </tr>
          </thead>
          {sheet.sections.map((section) => (
            <Criterion key={section.key} sheet={sheet} section={section} blank={blank} />
          ))}
        </table>
        <Signatures sheet={sheet} blank={blank} />
      </article>
    </Page>
  )
}
