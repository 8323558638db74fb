import { Link } from '@tanstack/react-router'
import type { HazardListed } from '#contract/hazard.ts'
import { unverified } from '#domain/hazard/state.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import type { Column } from '#web/desk/shown/RecordTable.tsx'
import { daysLeftUntil, daysLeftWords } from '#web/parts/words.ts'

const Deadline = ({ hazard }: { hazard: HazardListed }) => {
  const { app } = useStanding()
  const { overdueDays, deadline, status } = hazard
  if (overdueDays !== undefined && overdueDays > 0)
    return (
      <>
        <strong>逾期 {overdueDays} 天</strong>
        <span className="soft block">{deadline}</span>
      </>
    )
  if (!deadline) return <span className="soft">—</span>
  const runs = status === 'judged' || status === 'rectifying'
  return (
    <>
      {deadline}
      {runs && <span className="soft block">{daysLeftWords(daysLeftUntil(app.businessDate, deadline))}</span>}
    </>
  )
}

export const hazardColumns: readonly Column<HazardListed>[] = [
  {
    title: '编号',
    width: 150,
    cell: ({ tenantId, id, number }) => (
      <Link to="/hazards/$tenantId/$id" params={{ tenantId, id }}>
        {number}
      </Link>
    ),
  },
  {
    title: '等级',
    width: 80,
    cell: ({ grade, status }) => (
      <GradeMark grade={grade} suspected={status === 'found' || status === 'notEstablished'} />
    ),
  },
  { title: '矿山', width: 180, cell: ({ mineName }) => mineName },
  {
    title: '部位和描述',
    cell: ({ place, description, criteria }) => (
      <>
        {place && <strong className="place">{place}</strong>}
        {description && <span className="clamp">{description}</span>}
        {criteria.length > 0 && <span className="soft"> {criteria.join('、')}</span>}
      </>
    ),
  },
  {
    title: '发现',
    width: 136,
    cell: ({ foundOn, sourceTitle }) => (
      <>
        {foundOn}
        <span className="soft block">{sourceTitle}</span>
      </>
    ),
  },
  {
    title: '状态',
    width: 130,
    cell: ({ statusTitle, progressPercent, status, listed, legacy, repeated }) => (
      <>
        {statusTitle}
        {legacy && <span className="soft block">{unverified}</span>}
        {listed && <span className="soft block">挂牌督办</span>}
        {repeated && <span className="soft block">重复隐患</span>}
        {status === 'rectifying' && progressPercent !== undefined && (
          <span className="soft block">完成 {progressPercent}%</span>
        )}
      </>
    ),
  },
  { title: '期限', width: 120, number: true, cell: (hazard) => <Deadline hazard={hazard} /> },
]
