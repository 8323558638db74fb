import type { ImportPlanShown } from '#contract/importing.ts'

/** What was not taken for data: told, so that nobody has to guess. */
export const PassedOver = ({ plan: { notes, skipped } }: { plan: ImportPlanShown }) => {
  if (notes.length === 0 && skipped.length === 0) return null
  return (
    <details className="import-part">
      <summary>
        <h2>没有当作数据的</h2>
        <span className="soft">
          {[skipped.length > 0 && `${skipped.length} 张表`, notes.length > 0 && `${notes.length} 行`]
            .filter(Boolean)
            .join('，')}
        </span>
      </summary>
      <ul className="import-notes">
        {skipped.map(({ name }) => (
          <li key={name}>表“{name}”：没有认得的表头</li>
        ))}
        {notes.map(({ sheet, row, text }) => (
          <li key={`${sheet} ${row}`}>
            表“{sheet}”第 {row} 行：{text}
          </li>
        ))}
      </ul>
    </details>
  )
}
