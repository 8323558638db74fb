import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { type HazardShown, readHazard } from '#contract/hazard.ts'
import { isOpen } from '#domain/hazard/status.ts'
import { ActSheet, PenaltyWarning } from '#web/desk/hazard/ActSheet.tsx'
import { Acts } from '#web/desk/hazard/Acts.tsx'
import { BeforeAfter } from '#web/desk/hazard/BeforeAfter.tsx'
import { FiveTiles } from '#web/desk/hazard/FiveTiles.tsx'
import { Receipts } from '#web/desk/hazard/Receipts.tsx'
import { Repeats } from '#web/desk/hazard/Repeats.tsx'
import { Strip } from '#web/desk/hazard/Strip.tsx'
import { Summary } from '#web/desk/hazard/Summary.tsx'
import { Timeline } from '#web/desk/hazard/Timeline.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/hazards/$tenantId/$id')

const titleOf = ({ state }: HazardShown): string => [state.number, state.finding.place].filter(Boolean).join(' ')

export const HazardPage = () => {
  const params = here.useParams()
  const { act } = here.useSearch()
  const navigate = here.useNavigate()
  const read = useAnswer(readHazard, { params })
  if (read.isError)
    return (
      <Page title="隐患">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={12} />
  const hazard = read.data
  const { state } = hazard
  const open = (name: string) => void navigate({ search: { act: name }, resetScroll: false })
  const close = () => void navigate({ search: {}, resetScroll: false })
  const reload = async () => (await read.refetch()).data?.version
  const fined = isOpen(state.status) && (state.facts.penalty?.length ?? 0) > 0
  return (
    <Page
      title={titleOf(hazard)}
      actions={
        <Button className="no-print" onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <div className="hazard">
        <aside className="hazard-side">
          <Strip steps={hazard.steps} />
          <FiveTiles state={state} people={hazard.people} />
        </aside>
        <div className="hazard-main">
          <Summary hazard={hazard} />
          {fined && <PenaltyWarning />}
          <Acts hazard={hazard} open={open} />
          <Repeats hazard={hazard} />
          <BeforeAfter tenantId={hazard.tenantId} state={state} />
          <Timeline hazard={hazard} />
          <Receipts hazard={hazard} />
        </div>
      </div>
      <ActSheet hazard={hazard} act={act} close={close} reload={reload} />
    </Page>
  )
}
