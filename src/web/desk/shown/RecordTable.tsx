import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { usePages } from '#web/desk/queries.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

export type Column<T> = {
  readonly title: string
  readonly cell: (row: T) => ReactNode
  /** Numbers stand right-aligned in tabular figures. */
  readonly number?: boolean
  readonly width?: number
}

type Props<T> = {
  /** What the table is, for those who hear it. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly pages: ReturnType<typeof usePages<T>>
  readonly rowKey: (row: T) => string
  /** What this page is for and the one thing to do next. */
  readonly empty: ReactNode
}

const Loading = () => (
  <div aria-busy="true" className="table-loading">
    <Skeleton active title={false} paragraph={{ rows: 8 }} />
  </div>
)

/** A list paged by key. At 360 px a row becomes a small card with its headings. */
export const RecordTable = <T,>({ label, columns, pages, rowKey, empty }: Props<T>) => {
  if (pages.isPending) return <Loading />
  if (pages.isError) return <QueryProblem error={pages.error} retry={() => pages.refetch()} />
  const rows = pages.data.pages.flatMap(({ items }) => items)
  const last = pages.data.pages.at(-1)
  if (rows.length === 0) return <div className="empty">{empty}</div>
  const align = (column: Column<T>) => (column.number ? 'number' : undefined)
  return (
    <>
      <div className="table-scroll">
        <table className="records" aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.title}
                  scope="col"
                  className={align(column)}
                  {...(column.width && { width: column.width })}
                >
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.title} data-label={column.title} className={align(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="table-foot soft">
        已显示 {rows.length} 条，共 {last?.total}
        {last?.totalIsExact === false ? ' 条以上' : ' 条'}
        {pages.hasNextPage && (
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            再显示一些
          </Button>
        )}
      </p>
    </>
  )
}
