import { Link } from '#web/field/routing/Link.tsx'
import { ProgressBar } from '#web/field/selfCheck/ProgressBar.tsx'
import { type SheetRef, sheetPath } from '#web/field/selfCheck/paths.ts'
import { useDueChecks, useSheet } from '#web/field/selfCheck/reads.ts'
import { standingWords } from '#web/field/selfCheck/standingWords.ts'
import { itemsOf, monthTitle, progressOf } from '#web/parts/sheet.ts'

type CardProps = { readonly sheetRef: SheetRef; readonly mineName: string | undefined }

/** Read on the home screen already: down in the pit there may be no signal to read it with. */
const Card = ({ sheetRef, mineName }: CardProps) => {
  const { here } = useSheet(sheetRef)
  const handed = here?.sheet.handOvers.at(-1)
  const progress = here && progressOf(here.sheet, itemsOf(here.sheet))
  return (
    <li className="card">
      <Link to={sheetPath(sheetRef)} className="card-link" act="selfCheck">
        <span className="row spread">
          <strong>{mineName ?? monthTitle(sheetRef.month)}</strong>
          <span className="soft">{here ? standingWords(here.sheet) : '…'}</span>
        </span>
        {progress && (
          <>
            <ProgressBar {...progress} />
            <span className="soft number">
              已查 {progress.done} / {progress.asked} 项{progress.bad > 0 && `，有问题 ${progress.bad} 项`}
            </span>
          </>
        )}
        {handed?.toMe && progress && here.sheet.standing === 'inProgress' && (
          <span>
            {handed.byPost}交给您，还剩 {progress.left} 项
          </span>
        )}
      </Link>
    </li>
  )
}

/** 本月排查: on the home screen of whoever goes round, where the mine owes one. */
export const MonthCheck = () => {
  const { data } = useDueChecks()
  if (!data || data.length === 0) return null
  return (
    <section aria-label="本月排查">
      <h2>本月排查</h2>
      <ul className="plain stack">
        {data.map(({ mineId, month, mineName }) => (
          <Card key={mineId} sheetRef={{ mineId, month }} mineName={data.length > 1 ? mineName : undefined} />
        ))}
      </ul>
    </section>
  )
}
