import { readHome } from '#contract/home.ts'
import { BureauHome } from '#web/desk/home/BureauHome.tsx'
import { MineHome } from '#web/desk/home/MineHome.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

export const HomePage = () => {
  const read = useAnswer(readHome, {})
  if (read.isError)
    return (
      <Page title="首页">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={12} />
  return read.data.side === 'mine' ? <MineHome home={read.data} /> : <BureauHome home={read.data} />
}
