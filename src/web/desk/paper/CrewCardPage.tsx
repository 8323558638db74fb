import { getRouteApi, Link } from '@tanstack/react-router'
import { AutoComplete, Button } from 'antd'
import { useState } from 'react'
import { filePath } from '#contract/file.ts'
import { listCrewMeetings, paperPath, printPaper, readCrewCard } from '#contract/paper.ts'
import type { Problem } from '#contract/problem.ts'
import { CrewCard } from '#web/desk/paper/CrewCard.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'

const here = getRouteApi('/mines/$id/crew-card')

const Meetings = ({ mineId }: { mineId: string }) => {
  const read = useAnswer(listCrewMeetings, { params: { mineId }, query: { limit: 20 } })
  const items = read.data?.items ?? []
  return (
    <section aria-labelledby="meetings" className="meetings no-print">
      <h2 id="meetings">归档的班前会</h2>
      {read.isError && <QueryProblem error={read.error} retry={() => read.refetch()} />}
      {read.data && items.length === 0 && (
        <p className="empty">还没有。卡打印出来，大家签字，扫卡上的码拍一张，就在这里。</p>
      )}
      <ul className="plain-list">
        {items.map(({ id, on, crew, present, photo, note }) => (
          <li key={id}>
            <a href={filePath(mineId, photo, 'view')} target="_blank" rel="noreferrer">
              <img src={filePath(mineId, photo, 'thumb')} alt={`${on} ${crew}签到表`} width={72} height={54} />
            </a>
            <span>
              {on} {crew}，到会 {present} 人{note && <span className="soft">，{note}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** 班前会卡 of a crew: chosen by its name, printed with a code of its own. */
export const CrewCardPage = () => {
  const { id: mineId } = here.useParams()
  const [crew, setCrew] = useState('')
  const [printed, setPrinted] = useState<{ readonly id: string; readonly crew: string }>()
  const [wrong, setWrong] = useState<Problem>()
  const read = useAnswer(readCrewCard, { params: { mineId } })
  const may = useMay('paper.print')
  if (read.isError)
    return (
      <Page title="班前会卡">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={8} />
  const card = read.data
  const named = crew.trim()
  const current = printed?.crew === named ? printed : undefined
  const register = async () => {
    const id = newId()
    const answer = await api.call(printPaper, {
      params: { tenantId: mineId, id },
      body: { kind: 'crewCard', crew: named, on: card.on },
    })
    setWrong(answer.ok ? undefined : answer.problem)
    if (answer.ok) setPrinted({ id, crew: named })
  }
  return (
    <Page
      title="班前会卡"
      note={
        <span className="no-print">
          打印，开会念，大家签字；班组长或安全员扫码拍一张，全班组入档。
          <Link to="/mines/$id/papers" params={{ id: mineId }}>
            打印与档案
          </Link>
        </span>
      }
    >
      <ProblemBox problem={wrong} />
      <div className="paper-controls no-print">
        <div>
          <label htmlFor="crew">班组</label>
          <AutoComplete
            id="crew"
            className="crew-name"
            value={crew}
            onChange={setCrew}
            options={card.crews.map((value) => ({ value }))}
            placeholder="例如 采剥一班"
          />
        </div>
        {may &&
          (current ? (
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          ) : (
            <Button type="primary" disabled={!named} onClick={() => void register()}>
              出卡
            </Button>
          ))}
      </div>
      <CrewCard card={card} crew={named} address={current && window.location.origin + paperPath(mineId, current.id)} />
      <Meetings mineId={mineId} />
    </Page>
  )
}
