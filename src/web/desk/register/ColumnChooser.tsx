import { Button, Checkbox, Drawer, Input } from 'antd'
import { useState } from 'react'
import {
  type ColumnKey,
  columnGroups,
  columnOf,
  defaultColumns,
  everyColumn,
  frozenColumns,
} from '#domain/register/columns.ts'

type Props = { readonly columns: readonly ColumnKey[]; readonly onChange: (columns: readonly ColumnKey[]) => void }

const swapped = (columns: readonly ColumnKey[], index: number, by: -1 | 1): readonly ColumnKey[] => {
  const next = [...columns]
  const [moving] = next.splice(index, 1)
  if (moving) next.splice(index + by, 0, moving)
  return next
}

const Chosen = ({ columns, onChange }: Props) => (
  <ol className="chosen-columns" aria-label="已选的列，从左到右">
    {columns.map((key, index) => {
      const { title } = columnOf(key)
      const frozen = frozenColumns.includes(key)
      return (
        <li key={key}>
          <span>
            {title}
            {frozen && <span className="soft">（固定在左边）</span>}
          </span>
          <span>
            <Button
              size="small"
              type="text"
              disabled={index === 0 || frozen}
              aria-label={`${title}左移`}
              onClick={() => onChange(swapped(columns, index, -1))}
            >
              ↑
            </Button>
            <Button
              size="small"
              type="text"
              disabled={index === columns.length - 1 || frozen}
              aria-label={`${title}右移`}
              onClick={() => onChange(swapped(columns, index, 1))}
            >
              ↓
            </Button>
            <Button
              size="small"
              type="text"
              disabled={columns.length === 1}
              aria-label={`不看${title}`}
              onClick={() => onChange(columns.filter((other) => other !== key))}
            >
              ×
            </Button>
          </span>
        </li>
      )
    })}
  </ol>
)

/** Which columns, and in which order; what is chosen shows at once behind the drawer. */
export const ColumnChooser = ({ columns, onChange }: Props) => {
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const offered = everyColumn.filter(({ title }) => title.includes(search.trim()))
  const toggle = (key: ColumnKey) =>
    onChange(columns.includes(key) ? columns.filter((other) => other !== key) : [...columns, key])
  return (
    <>
      <Button onClick={() => setOpen(true)}>选列（{columns.length}）</Button>
      <Drawer
        title="选列"
        open={open}
        onClose={() => setOpen(false)}
        extra={<Button onClick={() => onChange(defaultColumns)}>恢复默认</Button>}
      >
        <Chosen columns={columns} onChange={onChange} />
        <Input
          allowClear
          aria-label="按名称找列"
          placeholder="找列"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {Object.entries(columnGroups).map(([group, title]) => {
          const inGroup = offered.filter((column) => column.group === group)
          if (inGroup.length === 0) return null
          return (
            <fieldset key={group} className="column-group">
              <legend>{title}</legend>
              {inGroup.map(({ key, title: name }) => (
                <Checkbox key={key} checked={columns.includes(key)} onChange={() => toggle(key)}>
                  {name}
                </Checkbox>
              ))}
            </fieldset>
          )
        })}
      </Drawer>
    </>
  )
}
