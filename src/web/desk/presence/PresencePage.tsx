import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { type PresenceDayShown, type PresenceOfficeShown, readPresence } from '#contract/presence.ts'
import { MonthSelect } from '#web/desk/presence/MonthSelect.tsx'
import { PresenceDays } from '#web/desk/presence/PresenceDays.tsx'
import { CorrectSheet, RecordSheet, WithdrawSheet } from '#web/desk/presence/PresenceForms.tsx'
import { RequiredDays } from '#web/desk/presence/RequiredDays.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/mines/$id/presence')

export const OfficeLine = ({ office: { title, holders, days, missing } }: { office: PresenceOfficeShown }) => (
  <div>
    <dt>{title}</dt>
    <dd>
      {holders.map(({ id, post, name }) => (
        <span key={id} className="block">
          {post}
          {name && <span className="soft"> {name}</span>}
        </span>
      ))}
      <span className="block">
        本月 {days} 天{missing && '；'}
        {missing && <strong>{missing}</strong>}
      </span>
    </dd>
  </div>
)

type Sheet =
  | { readonly of: 'record' }
  | { readonly of: 'correct'; readonly day: PresenceDayShown }
  | { readonly of: 'withdraw'; readonly day: PresenceDayShown }

/** 关键人驻矿 of one mine: who was there on which day of the month, and what he saw to. */
export const PresencePage = () => {
  const { id } = here.useParams()
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const { app } = useStanding()
  const [sheet, setSheet] = useState<Sheet>()
  const mayRecord = useMay('presence.record')
  const month = search.month ?? app.businessDate.slice(0, 7)
  const read = useAnswer(readPresence, { params: { mineId: id, month } })
  if (read.isError)
    return (
      <Page title="关键人驻矿">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const shown = read.data
  const where = { mineId: id, mineName: shown.mineName, files: shown.files }
  const close = () => setSheet(undefined)
  return (
    <Page
      title="关键人驻矿"
      note={
        <>
          <Link to="/mines/$id" params={{ id }}>
            {shown.mineName}
          </Link>
          ，{month}；通知 四（二）7：检查法定代表人、实际控制人驻矿责任。
        </>
      }
      actions={mayRecord && <Button onClick={() => setSheet({ of: 'record' })}>记驻矿</Button>}
    >
      <search className="filters no-print">
        <MonthSelect month={month} onChange={(next) => void navigate({ search: { month: next }, replace: true })} />
      </search>
      <dl className="facts">
        {shown.offices.map((office) => (
          <OfficeLine key={office.office} office={office} />
        ))}
      </dl>
      <RequiredDays required={shown.required} />
      {shown.days.length === 0 ? (
        <p className="empty">
          {month} 没有驻矿记录。
          {mayRecord ? '法定代表人、实际控制人到矿的那天，记下办了什么事；一天一条。' : '由矿上记，区局在这里看。'}
        </p>
      ) : (
        <PresenceDays
          month={shown}
          correct={mayRecord ? (day) => setSheet({ of: 'correct', day }) : undefined}
          withdraw={mayRecord ? (day) => setSheet({ of: 'withdraw', day }) : undefined}
        />
      )}
      {sheet?.of === 'record' && <RecordSheet {...where} offices={shown.offices} close={close} />}
      {sheet?.of === 'correct' && <CorrectSheet {...where} day={sheet.day} close={close} />}
      {sheet?.of === 'withdraw' && <WithdrawSheet mineId={id} day={sheet.day} close={close} />}
    </Page>
  )
}
