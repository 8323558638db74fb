import { Link } from '@tanstack/react-router'
import type { MovedItem } from '#contract/handover.ts'
import { type HandoverItem, itemKinds } from '#domain/handover/item.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { daysLeftUntil, daysLeftWords } from '#web/parts/words.ts'

type Item = HandoverItem & Partial<Pick<MovedItem, 'fate' | 'fateTitle'>>

const About = ({ item }: { item: Item }) => {
  const { kind, tenantId, streamId, number, place, mineName } = item
  if (kind === 'sheet') return <span>{mineName}</span>
  return (
    <>
      <Link to="/hazards/$tenantId/$id" params={{ tenantId, id: streamId }}>
        {number ?? '看这一条'}
      </Link>
      {place && ` ${place}`}
      {mineName && <span className="soft block">{mineName}</span>}
    </>
  )
}

const Due = ({ dueOn }: { dueOn: string | undefined }) => {
  const { app } = useStanding()
  if (!dueOn) return <span className="soft">—</span>
  const left = daysLeftUntil(app.businessDate, dueOn)
  return (
    <>
      {dueOn}
      <span className={left <= 0 ? 'days days-due block' : 'days block'}>{daysLeftWords(left)}</span>
    </>
  )
}

type Props = { items: readonly Item[]; more: number }

/** Every open matter in a line of its own; once taken over, where it went. */
export const Items = ({ items, more }: Props) => {
  const told = items.some(({ fateTitle }) => fateTitle !== undefined)
  if (items.length === 0) return <p className="empty">名下没有没办完的事。</p>
  return (
    <>
      <table className="records handover-items" aria-label="没有办完的事">
        <thead>
          <tr>
            <th scope="col" className="number">
              序号
            </th>
            <th scope="col">事项</th>
            <th scope="col">隐患</th>
            <th scope="col">期限</th>
            {told && <th scope="col">去向</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={`${item.kind}${item.streamId}${item.title}`} data-item={item.kind}>
              <td data-label="序号" className="number">
                {index + 1}
              </td>
              <td data-label="事项">
                {item.title}
                <span className="soft block">{itemKinds[item.kind]}</span>
              </td>
              <td data-label="隐患">
                <About item={item} />
              </td>
              <td data-label="期限">
                <Due dueOn={item.dueOn} />
              </td>
              {told && (
                <td data-label="去向" data-fate={item.fate}>
                  {item.fate === 'toDo' ? <strong>{item.fateTitle}</strong> : item.fateTitle}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="table-foot soft">
        共 {items.length} 件{more > 0 && `，另有 ${more} 件待办没有逐件列出，随岗位一并交接`}
      </p>
    </>
  )
}
