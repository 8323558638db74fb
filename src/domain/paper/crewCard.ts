import type { HazardState, Stop } from '#domain/hazard/state.ts'
import { gradeOf } from '#domain/hazard/state.ts'
import { grades, isOpen } from '#domain/hazard/status.ts'

/** 班前会卡: what a crew must know of today before it goes in; on one sheet, with room to sign. */
export type CrewCardLine = {
  readonly number: string
  readonly grade: string
  readonly place?: string
  readonly content?: string
  /** What holds the danger off until it is gone, newest first. */
  readonly controls: readonly string[]
  readonly stop?: Stop
  readonly deadline?: string
}

export type CrewCard = { readonly lines: readonly CrewCardLine[]; readonly more: number }

const mostLines = 12
const longest = 60

const shortened = (text: string): string => {
  const characters = [...text.replaceAll('\n', ' ')]
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest).join('')}……`
}

/** Controls that were not lifted since. */
const standingControls = ({ facts }: HazardState): readonly string[] => {
  const lifted = (facts.controlLifted ?? []).filter(({ remaining }) => remaining === undefined || remaining === 'none')
  const last = lifted.at(-1)
  return (facts.control ?? [])
    .filter(
      ({ on, receivedAt }) => last === undefined || on > last.on || (on === last.on && receivedAt > last.receivedAt),
    )
    .map(({ where, measure }) => (measure ? `${where}：${shortened(measure)}` : `${where}：已设管控`))
    .reverse()
}

const lineOf = (state: HazardState): CrewCardLine => {
  const grade = gradeOf(state)
  const { place, description } = state.finding
  return {
    number: state.number,
    grade: grade ? (state.judgement ? grades[grade] : `疑似${grades[grade]}`) : '待判定',
    ...(place && { place }),
    ...(description && { content: shortened(description) }),
    controls: standingControls(state),
    ...(state.stop && { stop: state.stop }),
    ...(state.due && { deadline: state.due }),
  }
}

const weight = (state: HazardState): string =>
  `${gradeOf(state) === 'major' ? 0 : 1}${state.stop ? 0 : 1}${state.due ?? '9999'}${state.number}`

/** Open ones of the mine: major before general, where work is stopped before where it is not, the nearest deadline first. */
export const crewCardOf = (hazards: readonly HazardState[]): CrewCard => {
  const open = hazards
    .filter(({ status }) => isOpen(status))
    .sort((a, b) => weight(a).localeCompare(weight(b)))
    .map(lineOf)
  return { lines: open.slice(0, mostLines), more: Math.max(0, open.length - mostLines) }
}
