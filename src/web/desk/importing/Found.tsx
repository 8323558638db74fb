import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { ImportFoundShown } from '#contract/importing.ts'
import type { WhenFound } from '#domain/importing/settle.ts'
import { foundWords } from '#web/desk/importing/words.ts'

export type Choices = ReadonlyMap<string, WhenFound>
export const rowKey = ({ sheet, row }: { readonly sheet: string; readonly row: number }): string => `${row} ${sheet}`

type Props = {
  found: readonly ImportFoundShown[]
  choices: Choices
  onChoose: (rows: readonly ImportFoundShown[], as: WhenFound) => void
}

const atOnce = 20

const offers = ({ mayAdd, mayReplace }: ImportFoundShown): readonly WhenFound[] => [
  'keep',
  ...(mayReplace ? (['replace'] as const) : []),
  ...(mayAdd ? (['add'] as const) : []),
]

const Entry = ({
  entry,
  as,
  onChoose,
}: {
  entry: ImportFoundShown
  as: WhenFound
  onChoose: (as: WhenFound) => void
}) => (
  <article className="import-found" data-found={entry.row}>
    <header>
      <h3>
        {entry.standing}{' '}
        <span className="soft">
          表“{entry.sheet}”第 {entry.row} 行
        </span>
      </h3>
      <Radio.Group
        aria-label={`${entry.standing}：怎么办`}
        value={as}
        options={offers(entry).map((value) => ({ value, label: foundWords[value] }))}
        onChange={({ target }) => onChoose(target.value)}
      />
    </header>
    <table className="records" aria-label={`${entry.standing}：两边不同的`}>
      <thead>
        <tr>
          <th scope="col">哪一项</th>
          <th scope="col">现在登记的</th>
          <th scope="col">表里的</th>
        </tr>
      </thead>
      <tbody>
        {entry.differences.map(({ title, standing, given }) => (
          <tr key={title}>
            <th scope="row" data-label="哪一项">
              {title}
            </th>
            <td data-label="现在登记的">{standing ?? <span className="soft">没有</span>}</td>
            <td data-label="表里的">{given ?? <span className="soft">没有</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </article>
)

/** What is registered already and says something else, side by side; nothing is changed unless a person says so. */
export const Found = ({ found, choices, onChoose }: Props) => {
  const [shown, setShown] = useState(atOnce)
  const differing = found.filter(({ differences }) => differences.length > 0)
  const same = found.length - differing.length
  if (found.length === 0) return null
  return (
    <section className="import-part" aria-labelledby="import-found">
      <h2 id="import-found">已经登记的（{found.length}）</h2>
      {same > 0 && <p className="soft">{same} 行和登记的一样，不用再办。</p>}
      {differing.length > 0 && (
        <>
          <p>
            {differing.length} 行和登记的不同：
            <Button size="small" onClick={() => onChoose(differing, 'keep')}>
              全部照旧
            </Button>{' '}
            {differing.every(({ mayReplace }) => mayReplace) && (
              <Button size="small" onClick={() => onChoose(differing, 'replace')}>
                全部用表里的
              </Button>
            )}
          </p>
          {differing.slice(0, shown).map((entry) => (
            <Entry
              key={rowKey(entry)}
              entry={entry}
              as={choices.get(rowKey(entry)) ?? 'keep'}
              onChoose={(as) => onChoose([entry], as)}
            />
          ))}
          {differing.length > shown && (
            <Button onClick={() => setShown(shown + atOnce)}>再显示一些（共 {differing.length}）</Button>
          )}
        </>
      )}
    </section>
  )
}
