import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { readHazard } from '#contract/hazard.ts'
import { Strip } from '#web/desk/hazard/Strip.tsx'
import { Summary } from '#web/desk/hazard/Summary.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

type Props = { readonly tenantId: string; readonly id: string; readonly close: () => void }

/** The row in full beside the table; the table keeps its place. */
export const RowPanel = ({ tenantId, id, close }: Props) => {
  const shown = useAnswer(readHazard, { params: { tenantId, id } })
  const hazard = shown.data
  return (
    <aside className="row-panel no-print" aria-label="选中的隐患">
      <header className="row-panel-head">
        <h2>{hazard?.state.number ?? '隐患'}</h2>
        <Button type="text" aria-label="关闭侧栏" onClick={close}>
          ×
        </Button>
      </header>
      {shown.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {shown.isError && <QueryProblem error={shown.error} retry={() => shown.refetch()} />}
      {hazard && (
        <>
          <Summary hazard={hazard} />
          <Strip steps={hazard.steps} />
          <p>
            <Link to="/hazards/$tenantId/$id" params={{ tenantId, id }} className="button-link">
              打开办理
            </Link>
          </p>
        </>
      )}
    </aside>
  )
}
