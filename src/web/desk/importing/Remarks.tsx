import { Button } from 'antd'
import { useState } from 'react'
import type { ImportPlanShown } from '#contract/importing.ts'

const atOnce = 20

/** What good rows leave open: no fault, and good to know before they are taken. */
export const Remarks = ({ remarks }: Pick<ImportPlanShown, 'remarks'>) => {
  const [shown, setShown] = useState(atOnce)
  if (remarks.length === 0) return null
  return (
    <section className="import-part" aria-labelledby="import-remarks">
      <h2 id="import-remarks">收下以后还要补的（{remarks.length}）</h2>
      <ul className="import-lines">
        {remarks.slice(0, shown).map(({ sheet, row, title, text }) => (
          <li key={`${sheet} ${row} ${text}`} data-remark={row}>
            表“{sheet}”第 {row} 行 <span className="soft">{title}</span>：{text}
          </li>
        ))}
      </ul>
      {remarks.length > shown && (
        <Button onClick={() => setShown(shown + atOnce)}>再显示一些（共 {remarks.length}）</Button>
      )}
    </section>
  )
}
