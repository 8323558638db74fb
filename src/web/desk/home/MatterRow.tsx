import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import type { HomeMatter } from '#contract/home.ts'
import { reminder } from '#web/desk/home/reminder.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { copyText } from '#web/desk/shown/copyText.ts'
import { Days } from '#web/desk/shown/Days.tsx'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { monthDay } from '#web/parts/words.ts'

const CopyReminder = ({ matter }: { matter: HomeMatter }) => {
  const { session } = useStanding()
  const { message, modal } = App.useApp()
  const text = reminder(matter, session.homeName)
  const copy = async () => {
    if (await copyText(text)) return message.success('催办的话已复制，可以贴到群里')
    modal.info({ title: '请手动复制', content: text })
  }
  return (
    <Button
      size="small"
      className="remind"
      onClick={() => void copy()}
      aria-label={`复制催办：${matter.number} ${matter.title}`}
    >
      复制催办
    </Button>
  )
}

type Props = { matter: HomeMatter; remind?: boolean; withMine?: boolean }

/** One thing that waits; it leads to the hazard with the act at hand. */
export const MatterRow = ({ matter, remind = false, withMine = true }: Props) => {
  const { tenantId, hazardId, number, mineName, place, title, act, grade, since, daysLeft, clause } = matter
  return (
    <li className="matter" data-matter={act} data-hazard={number}>
      <Link
        to="/hazards/$tenantId/$id"
        params={{ tenantId, id: hazardId }}
        {...(remind ? { hash: `awaited-${act}` } : { search: { act } })}
        className="matter-link"
        title={`依据：${clause}`}
      >
        <span className="matter-title">
          {title}
          <Days left={daysLeft} />
        </span>
        <span className="matter-about">
          {grade && <GradeMark grade={grade} suspected={act === 'judge'} />}
          {withMine && <span>{mineName}</span>}
          <span className="soft">
            {[number, place].filter(Boolean).join(' ')}，{monthDay(since)} 起
          </span>
        </span>
      </Link>
      {remind && <CopyReminder matter={matter} />}
    </li>
  )
}
