import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { HazardShown } from '#contract/hazard.ts'
import { roles } from '#domain/access/role.ts'
import type { Ability } from '#domain/hazard/can.ts'
import { actGroups } from '#web/desk/hazard/actGroups.ts'
import { awaited, nextAct } from '#web/desk/hazard/nextAct.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { daysLeftUntil, daysLeftWords } from '#web/parts/words.ts'

type Open = { open: (act: string) => void }

const shortTitle = (title: string): string => title.replace(/（.*）$/, '')

const Next = ({ ability, open }: { ability: Ability } & Open) => (
  <div className="next-act">
    <Button type="primary" size="large" data-act={ability.act} onClick={() => open(ability.act)}>
      {shortTitle(ability.title)}
    </Button>
    <p className="soft">依据：{ability.clause}</p>
  </div>
)

/** What the other side owes; the officer's home leads here. */
const Awaited = ({ hazard, idle }: { hazard: HazardShown; idle: boolean }) => {
  const { side, app } = useStanding()
  const others = awaited(hazard.state, side)
  if (others.length === 0) return idle ? <p className="soft">现在没有等您办理的事项。</p> : null
  return (
    <div className="awaited">
      <p>等{side === 'mine' ? '部门' : '企业'}办理：</p>
      <ul>
        {others.map(({ kind, act, title, dueOn }) => (
          <li key={kind} id={`awaited-${act}`} data-matter={act}>
            {title}
            {dueOn && <span className="soft">（{daysLeftWords(daysLeftUntil(app.businessDate, dueOn))}）</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Choice = ({ ability, open }: { ability: Ability } & Open) => {
  const { act, title, refusal } = ability
  if (!refusal)
    return (
      <li>
        <button type="button" className="plain-link" data-act={act} onClick={() => open(act)}>
          {title}
        </button>
      </li>
    )
  const why = `why-${act}`
  return (
    <li className="act-greyed">
      <button type="button" className="plain-link" data-act={act} aria-disabled="true" aria-describedby={why}>
        {title}
      </button>
      <span id={why} className="soft">
        {refusal.message}
        {refusal.remedy && `；${refusal.remedy}`}
      </span>
    </li>
  )
}

type Group = { readonly title: string; readonly abilities: readonly Ability[] }

const grouped = (can: readonly Ability[]): readonly Group[] => {
  const known = actGroups.map(({ title, acts }) => ({
    title,
    abilities: can.filter(({ act }) => acts.includes(act)),
  }))
  const listed = new Set(actGroups.flatMap(({ acts }) => acts))
  return [...known, { title: '其他', abilities: can.filter(({ act }) => !listed.has(act)) }].filter(
    ({ abilities }) => abilities.length > 0,
  )
}

/** What may be done now is plain to see; what may not be done yet waits behind a line, each with its reason. */
const Menu = ({ can, open }: { can: readonly Ability[] } & Open) => {
  const lawful = grouped(can.filter(({ refusal }) => !refusal))
  const greyed = grouped(can.filter(({ refusal }) => refusal))
  const groups = (shown: readonly Group[]) =>
    shown.map(({ title, abilities }) => (
      <section key={title}>
        <h4>{title}</h4>
        <ul>
          {abilities.map((ability) => (
            <Choice key={ability.act} ability={ability} open={open} />
          ))}
        </ul>
      </section>
    ))
  return (
    <>
      {lawful.length > 0 && (
        <details className="act-menu" open>
          <summary>其他可以办理的</summary>
          <div className="act-groups">{groups(lawful)}</div>
        </details>
      )}
      {greyed.length > 0 && (
        <details className="act-menu">
          <summary>现在不能办理的，各是为什么</summary>
          <div className="act-groups">{groups(greyed)}</div>
        </details>
      )}
    </>
  )
}

export const Acts = ({ hazard, open }: { hazard: HazardShown } & Open) => {
  const { side, session } = useStanding()
  const next = nextAct(hazard.state, hazard.can, side)
  return (
    <section aria-label="办理" className="acts no-print">
      {next && <Next ability={next} open={open} />}
      <Awaited hazard={hazard} idle={!next} />
      <Menu can={hazard.can.filter(({ act }) => act !== next?.act)} open={open} />
      {hazard.can.length === 0 && (
        <p className="soft">
          {roles[session.grant.role].title}只看不办；谁能办理什么，见<Link to="/rules">办理规则</Link>。
        </p>
      )}
    </section>
  )
}
