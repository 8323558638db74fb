import { filePath } from '#contract/file.ts'
import type { SheetShown, ShownItem } from '#contract/selfCheck.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { answerOf, outcomeWords } from '#web/parts/sheet.ts'
import { dateTimeOf } from '#web/parts/words.ts'

type GivenProps = {
  readonly item: ShownItem
  readonly sheet: SheetShown
  /** Whether it still lies in this phone. */
  readonly waits: boolean
}

const lastMonthWords = ({ before }: SheetShown, item: ShownItem): string | undefined => {
  const earlier = before[item.code]
  if (!earlier) return undefined
  const note = earlier.note ? `：${earlier.note}` : ''
  return `上月答：${outcomeWords(item, earlier.outcome)}${note}`
}

/** What was answered, what became of it, and, now that one has answered, what was answered last month. */
export const Given = ({ item, sheet, waits }: GivenProps) => {
  const answer = answerOf(sheet, item.code)
  if (!answer) return null
  const words = [answer.reason, answer.place, answer.note, answer.tooDangerous && '危险，不宜靠近'].filter(Boolean)
  const before = answer.mine ? lastMonthWords(sheet, item) : undefined
  return (
    <section className="calm given" aria-label="已答">
      <p>
        <strong>{outcomeWords(item, answer.outcome)}</strong>
        <span className="soft">
          {' '}
          {answer.mine ? '您答的' : `${answer.byPost}答的`} {dateTimeOf(answer.answeredAt)}
        </span>
      </p>
      {words.length > 0 && <p>{words.join('；')}</p>}
      {answer.photos.length > 0 && (
        <ul className="plain row">
          {answer.photos.map((sha256) => (
            <li key={sha256}>
              <img
                className="given-photo"
                src={filePath(sheet.mineId, sha256, 'thumb')}
                alt={`${item.number} 的照片`}
                loading="lazy"
              />
            </li>
          ))}
        </ul>
      )}
      {answer.outcome === 'bad' && <Raised answer={answer} mineId={sheet.mineId} waits={waits} />}
      {answer.outcome !== 'bad' && waits && <p className="soft">已存在手机里，有信号自动送出。</p>}
      {before && <p className="soft">{before}</p>}
    </section>
  )
}

type RaisedProps = {
  readonly answer: SheetShown['answers'][number]
  readonly mineId: string
  readonly waits: boolean
}

const Raised = ({ answer: { hazard }, mineId, waits }: RaisedProps) => {
  if (hazard)
    return (
      <p role="status">
        ✓ 已登记隐患{' '}
        <Link to={`/hazard/${mineId}/${hazard.id}`} className="inline-link">
          {hazard.number}
        </Link>
        <span className="soft"> {hazard.statusTitle}</span>
      </p>
    )
  return waits ? (
    <p role="status">已存在手机里，有信号自动送出，送到就登记隐患。危险紧急的，先打电话，人先撤离。</p>
  ) : (
    <p className="refusal">这一项没有登记隐患；确有新问题的，回首页点“报隐患”。</p>
  )
}
