import type { SheetShown, ShownItem } from '#contract/selfCheck.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { itemPath, type SheetRef } from '#web/field/selfCheck/paths.ts'
import { answerOf, outcomeWords } from '#web/parts/sheet.ts'

type ItemListProps = {
  readonly items: readonly ShownItem[]
  readonly sheet: SheetShown
  readonly sheetRef: SheetRef
}

/** Questions with what was answered; a tap opens one, to answer it or to answer it anew. */
export const ItemList = ({ items, sheet, sheetRef }: ItemListProps) => (
  <ul className="plain check-list">
    {items.map((item) => {
      const answer = answerOf(sheet, item.code)
      return (
        <li key={item.code}>
          <Link to={itemPath(sheetRef, item.code)} className="check-row">
            <span>
              <span className="soft">{item.number} </span>
              {item.question}
            </span>
            <span className={answer?.outcome === 'bad' ? 'late' : 'soft'}>
              {answer ? outcomeWords(item, answer.outcome) : '未查'}
              {answer?.hazard && <span className="soft block">{answer.hazard.number}</span>}
            </span>
          </Link>
        </li>
      )
    })}
  </ul>
)
