import { useState } from 'react'
import type { HomeMatter } from '#contract/home.ts'
import { MatterRow } from '#web/desk/home/MatterRow.tsx'

type Props = {
  id: string
  title: string
  /** What stands in this column, for who sees it the first time. */
  note: string
  matters: readonly HomeMatter[]
  /** How many there are; `matters` holds the worst of very many. */
  total?: number
  /** False: there are more than `total`. */
  totalIsExact?: boolean
  empty: string
  remind?: boolean
  withMine?: boolean
}

const firstShown = 12

const totalWords = (total: number, isExact: boolean): string => `${total}${isExact ? '' : '+'}`

export const Column = ({
  id,
  title,
  note,
  matters,
  total = matters.length,
  totalIsExact = true,
  empty,
  remind = false,
  withMine = true,
}: Props) => {
  const [all, setAll] = useState(false)
  const shown = all ? matters : matters.slice(0, firstShown)
  return (
    <section aria-labelledby={id} className="column">
      <h2 id={id}>
        {title} <span className="count">{totalWords(total, totalIsExact)}</span>
      </h2>
      <p className="soft">{note}</p>
      {matters.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        <ul className="matters">
          {shown.map((matter) => (
            <MatterRow
              key={`${matter.hazardId}${matter.act}${matter.title}`}
              matter={matter}
              remind={remind}
              withMine={withMine}
            />
          ))}
        </ul>
      )}
      {matters.length > shown.length && (
        <button type="button" className="plain-link" onClick={() => setAll(true)}>
          还有 {matters.length - shown.length} 件
        </button>
      )}
      {total > matters.length && shown.length === matters.length && (
        <p className="soft">另有 {totalWords(total - matters.length, totalIsExact)} 件较轻的，办掉以上的就会列出</p>
      )}
    </section>
  )
}
