import { Button } from 'antd'
import { filePath } from '#contract/file.ts'
import type { PresenceDayShown, readPresence } from '#contract/presence.ts'
import type { ReplyOf } from '#contract/route.ts'
import { offices } from '#domain/org/office.ts'
import { dateTimeOf, daysLeftUntil } from '#web/parts/words.ts'

export type PresenceMonth = ReplyOf<typeof readPresence>

const Recorded = ({ day }: { day: PresenceDayShown }) => {
  const late = daysLeftUntil(day.on, day.recordedOn)
  return (
    <>
      {late === 0 ? '当天记' : `${late} 天后补记`}
      <span className="soft block">
        {day.recordedOn}
        {day.onBehalf && '，代录'}
      </span>
    </>
  )
}

const Past = ({ changes }: { changes: PresenceDayShown['changes'] }) => (
  <ul className="changes">
    {changes.map(({ at, roleTitle, title, reason, before }) => (
      <li key={at} className="soft">
        {dateTimeOf(at)} {roleTitle} {title}
        {reason && `：${reason}`}
        {before && <span className="block">原来写的：{before}</span>}
      </li>
    ))}
  </ul>
)

type Props = {
  month: PresenceMonth
  correct?: ((day: PresenceDayShown) => void) | undefined
  withdraw?: ((day: PresenceDayShown) => void) | undefined
}

/** Day by day, newest first; a record made void stays, struck through. */
export const PresenceDays = ({ month: { mineId, days, files }, correct, withdraw }: Props) => (
  <table className="records" aria-label="驻矿记录">
    <thead>
      <tr>
        <th scope="col">日期</th>
        <th scope="col">谁</th>
        <th scope="col">办了什么事</th>
        <th scope="col">记录</th>
        <th scope="col">
          <span className="off-screen">办理</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {days.map((day) => (
        <tr key={day.id} data-day={day.on}>
          <th scope="row" data-label="日期">
            {day.stands ? day.on : <del>{day.on}</del>}
            {!day.stands && <span className="block">已作废</span>}
          </th>
          <td data-label="谁">
            {day.post}
            {day.name && <span className="soft"> {day.name}</span>}
            {day.offices.map((office) => offices[office]).join('、') !== day.post && (
              <span className="soft block">{day.offices.map((office) => offices[office]).join('、')}</span>
            )}
          </td>
          <td data-label="办了什么事">
            {day.stands ? day.matters : <del>{day.matters}</del>}
            {day.paper.length > 0 && (
              <span className="block">
                {day.paper.map((sha256) => (
                  <a key={sha256} href={filePath(mineId, sha256, 'original')} target="_blank" rel="noreferrer">
                    {files[sha256]?.name ?? '佐证材料'}{' '}
                  </a>
                ))}
              </span>
            )}
            {day.changes.length > 0 && <Past changes={day.changes} />}
          </td>
          <td data-label="记录">
            <Recorded day={day} />
          </td>
          <td className="row-actions">
            {day.stands && correct && (
              <Button size="small" type="text" aria-label={`更正：${day.on} ${day.post}`} onClick={() => correct(day)}>
                更正
              </Button>
            )}
            {day.stands && withdraw && (
              <Button size="small" type="text" aria-label={`作废：${day.on} ${day.post}`} onClick={() => withdraw(day)}>
                作废
              </Button>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
