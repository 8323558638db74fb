import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { RegisterRow } from '#contract/register.ts'
import {
  type Column,
  type ColumnKey,
  columnOf,
  frozenColumns,
  type Sort,
  sortOfColumn,
} from '#domain/register/columns.ts'
import { cellOf, isNumeric } from '#web/desk/register/cells.tsx'
import type { useRegister } from '#web/desk/register/useRegister.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

export type Order = { readonly sort: Sort; readonly descending: boolean }

type Props = {
  readonly columns: readonly ColumnKey[]
  readonly order: Order
  readonly onOrder: (order: Order) => void
  readonly pages: ReturnType<typeof useRegister>
  readonly selected: string | undefined
  readonly onSelect: (row: RegisterRow | undefined) => void
  readonly total: string
  readonly filtered: boolean
}

type Place = { readonly row: number; readonly column: number }

const pageful = 20
const pxPerCharacter = 9

const widthOf = ({ width, title }: Column): number => Math.max(width, title.length * 1.8 + 2) * pxPerCharacter

const arranged = (keys: readonly ColumnKey[]): readonly Column[] =>
  [...frozenColumns.filter((key) => keys.includes(key)), ...keys.filter((key) => !frozenColumns.includes(key))].map(
    columnOf,
  )

/** How far from the left a frozen column stands. */
const leftOf = (columns: readonly Column[], index: number): number =>
  columns.slice(0, index).reduce((sum, column) => sum + widthOf(column), 0)

const Header = ({ column, order, onOrder }: { column: Column } & Pick<Props, 'order' | 'onOrder'>) => {
  const sort = sortOfColumn[column.key]
  if (!sort) return <>{column.title}</>
  const here = order.sort === sort
  const next: Order = here ? { sort, descending: !order.descending } : { sort, descending: sort === 'found' }
  return (
    <button type="button" className="sorter" onClick={() => onOrder(next)}>
      {column.title}
      <span aria-hidden="true">{here ? (order.descending ? ' ↓' : ' ↑') : ' ↕'}</span>
    </button>
  )
}

const ariaSort = (column: Column, { sort, descending }: Order) => {
  if (sortOfColumn[column.key] !== sort) return undefined
  return descending ? 'descending' : 'ascending'
}

const moved = (key: string, place: Place, last: Place, whole: boolean): Place | undefined => {
  const { row, column } = place
  switch (key) {
    case 'ArrowDown':
      return { row: Math.min(row + 1, last.row), column }
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column }
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, last.column) }
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) }
    case 'PageDown':
      return { row: Math.min(row + pageful, last.row), column }
    case 'PageUp':
      return { row: Math.max(row - pageful, 0), column }
    case 'Home':
      return whole ? { row: 0, column: 0 } : { row, column: 0 }
    case 'End':
      return whole ? last : { row, column: last.column }
    default:
      return undefined
  }
}

/** Moves by keys as in a spreadsheet; Enter opens the row beside the table, Esc closes it. */
const useGrid = ({ columns, pages, selected, onSelect }: Props, rows: readonly RegisterRow[]) => {
  const table = useRef<HTMLTableElement>(null)
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 })
  const last = { row: rows.length - 1, column: columns.length - 1 }
  const at = { row: Math.min(place.row, Math.max(last.row, 0)), column: Math.min(place.column, last.column) }
  const go = (to: Place) => {
    setPlace(to)
    table.current?.tBodies[0]?.rows[to.row]?.cells[to.column]?.focus()
    const row = rows[to.row]
    if (selected && row && to.row !== at.row) onSelect(row)
    const nearTheEnd = to.row > last.row - pageful
    if (nearTheEnd && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLButtonElement) return
    if (event.key === 'Enter') {
      event.preventDefault()
      onSelect(rows[at.row])
      return
    }
    if (event.key === 'Escape' && selected) {
      onSelect(undefined)
      return
    }
    const to = moved(event.key, at, last, event.ctrlKey || event.metaKey)
    if (!to) return
    event.preventDefault()
    go(to)
  }
  return { table, at, setPlace, onKeyDown }
}

const Loading = () => (
  <div aria-busy="true" className="table-loading">
    <Skeleton active title={false} paragraph={{ rows: 12 }} />
  </div>
)

const Foot = ({ pages, shown, total }: Pick<Props, 'pages' | 'total'> & { shown: number }) => {
  const foot = useRef<HTMLParagraphElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    const mark = foot.current
    if (!mark || !hasNextPage || isFetchingNextPage) return undefined
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage()
      },
      { rootMargin: '400px' },
    )
    watch.observe(mark)
    return () => watch.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <p className="table-foot soft" ref={foot}>
      已显示 {shown} 条{total && `，共 ${total}`}
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          再显示一些
        </Button>
      )}
    </p>
  )
}

export const RegisterTable = (props: Props) => {
  const { order, onOrder, pages, selected, onSelect, total, filtered } = props
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = arranged(props.columns)
  const { table, at, setPlace, onKeyDown } = useGrid(props, rows)
  if (pages.isPending) return <Loading />
  if (pages.isError) return <QueryProblem error={pages.error} retry={() => pages.refetch()} />
  if (rows.length === 0)
    return (
      <div className="empty">
        {filtered ? (
          <p>
            没有符合条件的隐患。<Link to="/register">看全部</Link>
          </p>
        ) : (
          <p>
            这里列出隐患，从发现到销号。<Link to="/hazards/report">报告第一条隐患</Link>
          </p>
        )}
      </div>
    )
  const frozen = columns.filter(({ key }) => frozenColumns.includes(key)).length
  const sticky = (index: number) =>
    index < frozen ? { className: 'frozen', style: { left: leftOf(columns, index) } } : {}
  return (
    <div className="register-scroll">
      <table
        className="register"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table moved through by keys (WAI-ARIA)
        role="grid"
        aria-label="隐患台账"
        aria-rowcount={-1}
        ref={table}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={ariaSort(column, order)}
                data-numeric={isNumeric(column.kind) || undefined}
                {...sticky(index)}
              >
                <Header column={column} order={order} onOrder={onOrder} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.id} aria-selected={selected === row.id} data-row={row.id}>
              {columns.map((column, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid
                <td
                  key={column.key}
                  tabIndex={at.row === rowIndex && at.column === index ? 0 : -1}
                  data-numeric={isNumeric(column.kind) || undefined}
                  onFocus={() => setPlace({ row: rowIndex, column: index })}
                  onClick={() => onSelect(row)}
                  {...sticky(index)}
                >
                  {cellOf(row, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Foot pages={pages} shown={rows.length} total={total} />
    </div>
  )
}
