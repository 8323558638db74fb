import { effectiveDeadline } from '#domain/hazard/deadline.ts'
import { fiveNames, fiveTitles } from '#domain/hazard/five.ts'
import type { FiveAssignments, HazardState } from '#domain/hazard/state.ts'
import { formatWanYuan } from '#web/parts/words.ts'

type Name = keyof FiveAssignments
type Shown = { readonly value: string; readonly note?: string | undefined }

const spent = ({ facts }: HazardState): number | undefined =>
  facts.progress?.findLast((step) => step.spent !== undefined)?.spent

const fundsShown = (state: HazardState): Shown | undefined => {
  const { funds } = state.five
  if (!funds) return undefined
  const used = spent(state)
  return { value: formatWanYuan(funds.value), note: used === undefined ? undefined : `已用 ${formatWanYuan(used)}` }
}

const deadlineShown = (state: HazardState): Shown | undefined => {
  const set = state.five.deadline?.value
  const now = effectiveDeadline(state)
  if (!set || !now) return undefined
  if (set === now) return { value: now }
  return { value: now, note: now > set ? `原定 ${set}，已批准延期` : `自定 ${set}，部门责令的期限更早` }
}

const shown = (state: HazardState, people: Readonly<Record<string, string>>): Record<Name, Shown | undefined> => {
  const { responsible, measures, contingencyPlan } = state.five
  return {
    responsible: responsible && { value: people[responsible.value] ?? '（已登记人员）' },
    measures: measures && { value: measures.value },
    funds: fundsShown(state),
    deadline: deadlineShown(state),
    contingencyPlan: contingencyPlan && { value: contingencyPlan.value },
  }
}

/** The five are either filled or plainly missing. */
export const FiveTiles = ({ state, people }: { state: HazardState; people: Readonly<Record<string, string>> }) => {
  const tiles = shown(state, people)
  return (
    <section aria-label="五定" className="five">
      {fiveNames.map((name) => {
        const tile = tiles[name]
        return (
          <div key={name} className={tile ? 'tile' : 'tile tile-missing'} data-five={name}>
            <h3>{fiveTitles[name]}</h3>
            <p>{tile?.value ?? '没有写'}</p>
            {tile?.note && <p className="soft">{tile.note}</p>}
          </div>
        )
      })}
    </section>
  )
}
