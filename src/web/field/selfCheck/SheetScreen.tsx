import type { SheetShown } from '#contract/selfCheck.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { ProgressBar } from '#web/field/selfCheck/ProgressBar.tsx'
import { handOverPath, itemPath, leftPath, type SheetRef, sectionPath, submitPath } from '#web/field/selfCheck/paths.ts'
import { type SheetHere, useGoesRound, useMaySubmit } from '#web/field/selfCheck/reads.ts'
import { SheetGate } from '#web/field/selfCheck/SheetGate.tsx'
import { standingWords } from '#web/field/selfCheck/standingWords.ts'
import { askedIn, itemsOf, monthTitle, nextOpen, progressOf } from '#web/parts/sheet.ts'
import { dateTimeOf } from '#web/parts/words.ts'

/** The month at a glance: how far each system has come, what is left, who goes on. */
export const SheetScreen = ({ sheetRef }: { readonly sheetRef: SheetRef }) => (
  <SheetGate sheetRef={sheetRef}>{(here) => <Overview sheetRef={sheetRef} here={here} />}</SheetGate>
)

type OverviewProps = { readonly sheetRef: SheetRef; readonly here: SheetHere }

const Overview = ({ sheetRef, here: { sheet, waiting } }: OverviewProps) => {
  const goesRound = useGoesRound()
  const maySubmit = useMaySubmit()
  const items = itemsOf(sheet)
  const progress = progressOf(sheet, items)
  const next = nextOpen(sheet, undefined)
  const handed = sheet.handOvers.at(-1)
  const signature = sheet.signatures.at(-1)
  const mayAnswer = goesRound && sheet.may.answer
  const begun = sheet.answers.length > 0
  const silent = items.length - askedIn(sheet, items).length
  const asked = sheet.sections.filter((section) => askedIn(sheet, section.items).length > 0)
  const isMajor = ({ items: [first] }: SheetShown['sections'][number]): boolean => first?.criterion !== undefined
  return (
    <main className="page stack with-action">
      <div>
        <h1>{monthTitle(sheet.month)}排查</h1>
        <p className="soft">
          {sheet.mineName} · {standingWords(sheet)}
        </p>
      </div>
      {handed && sheet.standing === 'inProgress' && (
        <p className="calm">
          {handed.toMe
            ? `${handed.byPost}交给您，还剩 ${progress.left} 项。`
            : `${handed.byPost}已交给${handed.toPost}，还剩 ${progress.left} 项。`}
          {handed.note && <span className="as-written">“{handed.note}”</span>}
          <span className="soft"> {dateTimeOf(handed.at)}</span>
        </p>
      )}
      {signature && (
        <p className="done">
          {signature.on} 主要负责人签字{signature.ledInPerson && '，亲自带队'}
        </p>
      )}
      <div className="stack tight">
        <ProgressBar {...progress} />
        <p className="number">
          已查 {progress.done} / {progress.asked} 项{progress.bad > 0 && `，有问题 ${progress.bad} 项`}
          {waiting.length > 0 && <span className="soft">；{waiting.length} 项在手机里，有信号自动送出</span>}
        </p>
        {silent > 0 && <p className="help">另有 {silent} 项按矿山登记情况不涉及，打印的表上照样列出。</p>}
      </div>
      <Sections title="重大事故隐患判定标准" sections={asked.filter(isMajor)} sheet={sheet} sheetRef={sheetRef} />
      <Sections title="日常检查" sections={asked.filter((one) => !isMajor(one))} sheet={sheet} sheetRef={sheetRef} />
      {begun && (
        <div className="stack">
          {progress.left > 0 && (
            <Link to={leftPath(sheetRef)} className="button">
              未查的 {progress.left} 项
            </Link>
          )}
          {mayAnswer && (
            <Link to={handOverPath(sheetRef)} className="button" act="handOver">
              交给另一个人接着查
            </Link>
          )}
          {maySubmit && (
            <Link to={submitPath(sheetRef)} className="button" act="toSubmit">
              查完了，去提交
            </Link>
          )}
          {sheet.may.sign && (
            <a className="button" href={`/self-checks/${sheetRef.mineId}/${sheetRef.month}`}>
              到办公端签字
            </a>
          )}
        </div>
      )}
      {mayAnswer && next && (
        <div className="action">
          <Link to={itemPath(sheetRef, next.code)} className="button primary large" act="goOn">
            {begun ? '接着查' : '开始查'}
          </Link>
        </div>
      )}
    </main>
  )
}

type SectionsProps = {
  readonly title: string
  readonly sections: SheetShown['sections']
  readonly sheet: SheetShown
  readonly sheetRef: SheetRef
}

const Sections = ({ title, sections, sheet, sheetRef }: SectionsProps) => (
  <section aria-label={title}>
    <h2>{title}</h2>
    <ul className="plain check-list">
      {sections.map((section) => {
        const { done, asked, bad } = progressOf(sheet, section.items)
        return (
          <li key={section.key}>
            <Link to={sectionPath(sheetRef, section.key)} className="check-row">
              <span className={done === asked ? 'done' : undefined}>{section.title}</span>
              <span className="soft number">
                {bad > 0 && <strong>有问题 {bad} · </strong>}
                {done}/{asked}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  </section>
)
