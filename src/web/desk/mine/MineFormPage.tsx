import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { readMine } from '#contract/org.ts'
import { mine as mineSchema } from '#domain/org/mine.ts'
import { MineForm } from '#web/desk/mine/MineForm.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { newId } from '#web/parts/commandId.ts'

const newHere = getRouteApi('/mines/new')

export const NewMinePage = () => {
  const { companyId } = newHere.useSearch()
  const navigate = useNavigate()
  const [id] = useState(newId)
  const [initial] = useState(() => ({ ...(companyId && { companyId }), inScope: true, staffContracted: 0, facts: {} }))
  return (
    <Page
      title="登记矿山"
      note={
        <>
          一家企业可以有几座矿（库），各有各的证照、状态和台账。<Link to="/companies/new">先登记企业</Link>
        </>
      }
    >
      <div className="form-column">
        <MineForm
          id={id}
          initial={initial}
          verb="登记矿山"
          onDone={() => void navigate({ to: '/mines/$id', params: { id } })}
          onCancel={() => void navigate({ to: '/mines' })}
        />
      </div>
    </Page>
  )
}

const here = getRouteApi('/mines/$id/edit')

export const EditMinePage = () => {
  const { id } = here.useParams()
  const navigate = useNavigate()
  const read = useAnswer(readMine, { params: { id } })
  if (read.isError)
    return (
      <Page title="修改矿山">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const back = () => void navigate({ to: '/mines/$id', params: { id } })
  return (
    <Page title={`修改：${read.data.name}`} note="改了什么、谁改的都留痕；改变状态会改变整治范围里的义务。">
      <div className="form-column">
        <MineForm
          key={id}
          id={id}
          initial={mineSchema.parse(read.data)}
          version={read.data.version}
          verb="保存修改"
          onDone={back}
          onCancel={back}
        />
      </div>
    </Page>
  )
}
