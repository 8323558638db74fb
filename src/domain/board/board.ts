import { withoutPrivate } from '#domain/board/withoutPrivate.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { timeliness } from '#domain/hazard/deadline.ts'
import { type HazardState, unverified } from '#domain/hazard/state.ts'
import { type HazardStatus, isOpen } from '#domain/hazard/status.ts'

/**
 * 公示牌: what everybody may see of a mine's major hazards, and nothing else. An allow-list: a field that is not named
 * here is on no board, whatever the record comes to hold (安全生产法 41；通知 四(一)2).
 */
export type Board = {
  readonly mine: string
  readonly company: string
  /** 举报电话, a setting. */
  readonly hotline: string
  readonly lines: readonly BoardLine[]
  /** Further ones that the board has no room for. */
  readonly more: number
}

export type BoardLine = {
  readonly number: string
  readonly place?: string
  readonly content?: string
  readonly measures?: string
  /** 责任岗位: a post, never a name. */
  readonly responsible?: string
  readonly deadline?: string
  readonly standing: string
  /** Past the deadline; by how many days a sheet of paper cannot tell. */
  readonly overdue: boolean
}

/** What two metres and one sheet bear; the register has the whole. */
const longest = 90
const mostLines = 40

const standings: Partial<Readonly<Record<HazardStatus, string>>> = {
  judged: '已判定，待整改',
  rectifying: '整改中',
  accepted: '企业已验收，待复查',
  rechecked: '复查合格，待销号',
}

const shortened = (text: string): string => {
  const characters = [...text.replaceAll('\n', ' ')]
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest).join('')}……`
}

export type BoardSubject = {
  readonly mine: string
  readonly company: string
  readonly hotline: string
  readonly today: string
  /** How long a closed one stays on the board, in days (a setting). */
  readonly closedForDays: number
  /** The post of a person, by id. */
  readonly postOf: (personId: string) => string | undefined
  /** Names that are registered with the mine; none of them may be read on the board. */
  readonly names: readonly string[]
}

const standingOf = ({ status, closing }: HazardState): string | undefined =>
  status === 'closed' && closing ? `${closing.on} 已销号` : standings[status]

/** Judged major, and open or closed not long ago; what is only suspected is nobody's to publish (系统提示不等于认定). */
const isShown = (state: HazardState, { today, closedForDays }: BoardSubject): boolean => {
  if (state.judgement?.grade !== 'major') return false
  if (isOpen(state.status)) return true
  return (
    state.closing !== undefined && state.status === 'closed' && daysBetween(state.closing.on, today) <= closedForDays
  )
}

const lineOf = (state: HazardState, subject: BoardSubject): BoardLine | undefined => {
  const standing = isShown(state, subject) ? standingOf(state) : undefined
  if (standing === undefined) return undefined
  const written = (text: string | undefined) =>
    text === undefined ? undefined : shortened(withoutPrivate(text, subject.names))
  const place = written(state.finding.place)
  const content = written(state.finding.description)
  const measures = written(state.five.measures?.value)
  const post = state.five.responsible && subject.postOf(state.five.responsible.value)
  const responsible = written(post)
  return {
    number: state.number,
    ...(place && { place }),
    ...(content && { content }),
    ...(measures && { measures }),
    ...(responsible && { responsible }),
    ...(state.due && { deadline: state.due }),
    // What came from an older ledger was not verified here, and the board says so.
    standing: state.legacy ? `${standing}（${unverified}）` : standing,
    overdue: timeliness(state, subject.today).kind === 'overdue',
  }
}

/** The board of one mine. Open ones first, the nearest deadline before the others; then those closed, the latest first. */
export const boardOf = (hazards: readonly HazardState[], subject: BoardSubject): Board => {
  const order = (state: HazardState): string =>
    isOpen(state.status) ? `0${state.due ?? '9999'}${state.number}` : `1${state.number}`
  const lines = [...hazards]
    .sort((a, b) =>
      isOpen(a.status) || isOpen(b.status)
        ? order(a).localeCompare(order(b))
        : (b.closing?.on ?? '').localeCompare(a.closing?.on ?? '') || a.number.localeCompare(b.number),
    )
    .flatMap((state) => lineOf(state, subject) ?? [])
  return {
    mine: subject.mine,
    company: subject.company,
    hotline: subject.hotline,
    lines: lines.slice(0, mostLines),
    more: Math.max(0, lines.length - mostLines),
  }
}
