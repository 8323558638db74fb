import { Select } from 'antd'
import type { ImportPlanShown } from '#contract/importing.ts'

type Props = {
  plan: ImportPlanShown
  busy: boolean
  /** Key of a column; null: not to be taken; empty: as the program would read it. */
  onCorrect: (header: string, key: string | null) => void
}

const leaveOut = '\u0000leave'

type Header = {
  readonly sheet: string
  readonly letter: string
  readonly header: string
  readonly key?: string | null | undefined
  readonly perhaps?: string | undefined
}

const headersOf = ({ sheets, skipped }: ImportPlanShown): readonly Header[] => [
  ...sheets.flatMap(({ name, columns }) =>
    columns.map(({ letter, header, key, perhaps }) => ({ sheet: name, letter, header, key, perhaps })),
  ),
  ...skipped.flatMap(({ name, headers }) => headers.map((header) => ({ sheet: name, letter: '', header }))),
]

/** How each header was read; what is not known comes first. A correction is remembered for the unit. */
export const HeaderMapping = ({ plan, busy, onCorrect }: Props) => {
  const headers = headersOf(plan)
  const unknown = headers.filter(({ key }) => key === undefined).length
  const options = [
    ...plan.columns.map(({ key, title, required }) => ({ value: key, label: required ? `${title}（必填）` : title })),
    { value: leaveOut, label: '不导入这一列' },
  ]
  const sorted = [...headers].sort((a, b) => Number(a.key !== undefined) - Number(b.key !== undefined))
  return (
    <details className="import-part" open={unknown > 0}>
      <summary>
        <h2>表头对照</h2>
        <span className="soft">
          {headers.length - unknown} 列认得{unknown > 0 && `，${unknown} 列不认得`}
        </span>
      </summary>
      <p className="soft">对得不对的，在这里改；改过的本单位下次还认得。</p>
      <table className="records" aria-label="表头对照">
        <thead>
          <tr>
            <th scope="col">在哪张表</th>
            <th scope="col">列</th>
            <th scope="col">表头</th>
            <th scope="col">当作</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ sheet, letter, header, key, perhaps }) => (
            <tr key={`${sheet} ${letter} ${header}`} data-header={header}>
              <td data-label="在哪张表">{sheet}</td>
              <td data-label="列">{letter}</td>
              <th scope="row" data-label="表头">
                {header}
              </th>
              <td data-label="当作">
                <Select
                  aria-label={`“${header}”当作`}
                  className="filter-select"
                  disabled={busy}
                  placeholder={perhaps ? `是不是“${perhaps}”？` : '不认得，没有读'}
                  value={key === null ? leaveOut : (key ?? null)}
                  options={options}
                  showSearch={{ optionFilterProp: 'label' }}
                  onChange={(chosen: string) => onCorrect(header, chosen === leaveOut ? null : chosen)}
                />
                {Object.hasOwn(plan.corrections, header) && (
                  <button type="button" className="link-button" disabled={busy} onClick={() => onCorrect(header, '')}>
                    收回
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
