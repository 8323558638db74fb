import type { Problem } from '#contract/problem.ts'
import type { SheetShown } from '#contract/selfCheck.ts'
import { ItemRow } from '#web/desk/selfCheck/ItemRow.tsx'
import type { GivenAtDesk } from '#web/desk/selfCheck/useSheet.ts'
import { answerOf, askedIn, leftIn, progressOf } from '#web/parts/sheet.ts'

/** Which rows are shown: those that are asked, 未查 alone, 有问题 alone, or everything that is on the paper. */
export const shownRows = { asked: '要查的', left: '未查', bad: '有问题', all: '全部（含不涉及的）' } as const
export type ShownRows = keyof typeof shownRows

type Props = {
  readonly sheet: SheetShown
  readonly show: ShownRows
  readonly mayAnswer: boolean
  readonly give: (
    given: GivenAtDesk,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: Problem }>
}

const rowsOf = (sheet: SheetShown, section: SheetShown['sections'][number], show: ShownRows) => {
  if (show === 'all') return section.items
  if (show === 'left') return leftIn(sheet, section.items)
  const asked = askedIn(sheet, section.items)
  return show === 'bad' ? asked.filter(({ code }) => answerOf(sheet, code)?.outcome === 'bad') : asked
}

/** The month by system. */
export const Sections = ({ sheet, show, mayAnswer, give }: Props) => {
  const shown = sheet.sections.flatMap((section) => {
    const items = rowsOf(sheet, section, show)
    return items.length > 0 ? [{ section, items }] : []
  })
  if (shown.length === 0) return <p className="empty">这里没有要列的。</p>
  return (
    <div className="table-scroll">
      <table className="records sheet" aria-label="排查表">
        <thead>
          <tr>
            <th scope="col" className="sheet-code">
              编号
            </th>
            <th scope="col">检查内容</th>
            <th scope="col" className="sheet-answer">
              答案
            </th>
            {mayAnswer && (
              <th scope="col" className="sheet-buttons no-print">
                作答
              </th>
            )}
          </tr>
        </thead>
        {shown.map(({ section, items }) => {
          const { done, asked } = progressOf(sheet, section.items)
          return (
            <tbody key={section.key}>
              <tr className="sheet-section">
                <th scope="rowgroup" colSpan={mayAnswer ? 4 : 3}>
                  {section.title}
                  {asked > 0 && (
                    <span className="soft">
                      {' '}
                      {done}/{asked}
                    </span>
                  )}
                </th>
              </tr>
              {items.map((item) => (
                <ItemRow
                  key={item.code}
                  sheet={sheet}
                  item={item}
                  answer={answerOf(sheet, item.code)}
                  mayAnswer={mayAnswer}
                  give={give}
                />
              ))}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
