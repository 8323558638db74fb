import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RegisterRow } from '#contract/register.ts'
import { unverified } from '#domain/hazard/state.ts'
import type { CellValue, Column, ColumnKind } from '#domain/register/columns.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { formatYuan } from '#web/parts/words.ts'

export const isNumeric = (kind: ColumnKind): boolean =>
  kind === 'number' || kind === 'fen' || kind === 'percent' || kind === 'photos'

/** A cell's value as text: the same words in the table and in its title. */
export const cellText = (kind: ColumnKind, value: CellValue | undefined): string => {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return value
  if (kind === 'fen') return formatYuan(value)
  if (kind === 'percent') return `${value}%`
  if (kind === 'photos') return value === 0 ? '' : `${value} 张`
  return String(value)
}

const nothing = <span className="soft">—</span>

export const cellOf = (row: RegisterRow, column: Column): ReactNode => {
  const text = cellText(column.kind, row.cells[column.key])
  if (column.key === 'number')
    return (
      <Link
        to="/hazards/$tenantId/$id"
        params={{ tenantId: row.tenantId, id: row.id }}
        tabIndex={-1}
        // The cell would open the row beside the table instead.
        onClick={(event) => event.stopPropagation()}
      >
        {text}
      </Link>
    )
  if (column.key === 'grade') return <GradeMark grade={row.grade} suspected={row.status === 'found'} />
  if (column.key === 'overdueDays' && text) return <strong>{text}</strong>
  if (!text) return nothing
  if (column.key === 'due' && row.overdueDays)
    return (
      <>
        <strong>逾期 {row.overdueDays} 天</strong>
        <span className="soft block">{text}</span>
      </>
    )
  if (column.key === 'status')
    return (
      <>
        {text}
        {row.legacy && <span className="soft block">{unverified}</span>}
        {row.repeated && <span className="soft block">重复隐患</span>}
      </>
    )
  return (
    <span className="cell-text" title={text}>
      {text}
    </span>
  )
}
