import { Link } from '@tanstack/react-router'
import type { HomeMatter } from '#contract/home.ts'
import { CallButton } from '#web/desk/home/CallButton.tsx'
import { CopyReminder } from '#web/desk/home/CopyReminder.tsx'
import { reminder } from '#web/desk/home/reminder.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Days } from '#web/desk/shown/Days.tsx'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { monthDay } from '#web/parts/words.ts'

type Props = { matter: HomeMatter; remind?: boolean; withMine?: boolean }

/** One thing that waits; it leads to the hazard with the act at hand. */
export const MatterRow = ({ matter, remind = false, withMine = true }: Props) => {
  const { session } = useStanding()
  const { tenantId, hazardId, number, mineId, mineName, place, title, act, grade, since, daysLeft, clause } = matter
  const about = `${number} ${title}`
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
      {remind && (
        <span className="matter-acts">
          <CopyReminder text={reminder(matter, session.homeName)} about={about} />
          <CallButton mineId={mineId} mineName={mineName} about={about} />
        </span>
      )}
    </li>
  )
}
