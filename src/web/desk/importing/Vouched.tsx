import { Button } from 'antd'
import type { ImportPlanShown } from '#contract/importing.ts'

type Row = ImportPlanShown['vouched'][number]
type Props = { rows: readonly Row[]; busy: boolean; onTakeBack: (row: Row) => void }

/** Rows with contradictions that somebody has said are to be taken, each with the reason; it goes into the record. */
export const Vouched = ({ rows, busy, onTakeBack }: Props) =>
  rows.length === 0 ? null : (
    <section className="import-part" aria-labelledby="import-vouched">
      <h2 id="import-vouched">写明理由照收的（{rows.length} 行）</h2>
      <ul className="import-lines">
        {rows.map((row) => (
          <li key={`${row.row} ${row.sheet}`} data-vouched={row.row}>
            表“{row.sheet}”第 {row.row} 行 {row.title}：{row.reason}{' '}
            <Button size="small" disabled={busy} onClick={() => onTakeBack(row)}>
              不照收
            </Button>
          </li>
        ))}
      </ul>
      <p className="soft">矛盾之处和理由都写进记录，在隐患页上看得到。</p>
    </section>
  )
