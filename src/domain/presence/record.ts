import { z } from 'zod'
import type { CalendarDate } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import { keyOffices } from '#domain/org/office.ts'

const matters = field.text('办了什么事', {
  max: 500,
  help: '例如 带队检查北帮、主持安全例会、现场解决排水；写清在哪里、办了什么',
})
const paper = field.photos('佐证材料', '签到、检查记录、会议记录的照片；纸上手签的，拍下原件').optional()

/** 关键人驻矿 (PRACTICE 22): a day of a key person at the mine, and what he saw to there. */
export const presenceActs = {
  record: z.object({
    personId: field.person('谁', '登记了法定代表人、实际控制人职务的人员'),
    on: field.date('哪一天'),
    matters,
    paper,
  }),
  /** The day stays; a wrong day or person is withdrawn and recorded anew. */
  correct: z.object({ matters, paper, reason: field.text('更正的理由', { max: 200 }) }),
  withdraw: z.object({ reason: field.text('作废的理由', { max: 200 }) }),
} as const

export type PresenceAct = keyof typeof presenceActs

export const presenceTitles = {
  record: '记驻矿',
  correct: '更正驻矿记录',
  withdraw: '作废驻矿记录',
} as const satisfies Record<PresenceAct, string>

export const isPresenceAct = (name: string): name is PresenceAct => Object.hasOwn(presenceActs, name)

/** Events as they are kept. The offices are those the person held when it was recorded; later ones change nothing of it. */
export const presenceEvents = {
  recorded: presenceActs.record.extend({
    offices: z.array(z.enum(keyOffices)).min(1),
    recordedOn: z.string(),
    /** 代录: entered by somebody else than the person himself. */
    onBehalf: z.boolean(),
  }),
  corrected: presenceActs.correct,
  withdrawn: presenceActs.withdraw,
} as const

export type Presence = Omit<z.output<typeof presenceEvents.recorded>, 'paper'> & {
  readonly paper: readonly string[]
  readonly stands: boolean
  readonly corrected: boolean
}

const evolve = (state: Presence | undefined, { type, body }: RecordedEvent): Presence | undefined => {
  switch (type) {
    case 'presence.recorded': {
      const { paper: shown = [], ...recorded } = presenceEvents.recorded.parse(body)
      return { ...recorded, paper: shown, stands: true, corrected: false }
    }
    case 'presence.corrected': {
      const { matters: mended, paper: shown = [] } = presenceEvents.corrected.parse(body)
      return state && { ...state, matters: mended, paper: shown, corrected: true }
    }
    case 'presence.withdrawn':
      return state && { ...state, stands: false }
    default:
      throw new Error(`no presence event ${type}`)
  }
}

export const presenceState = (events: readonly RecordedEvent[]): Presence | undefined =>
  events.reduce<Presence | undefined>(evolve, undefined)

export const presenceRow = (mineId: string, state: Presence) => ({
  mine_id: mineId,
  person_id: state.personId,
  offices: state.offices,
  on_day: state.on satisfies CalendarDate,
  month: state.on.slice(0, 7),
  matters: state.matters,
  paper: state.paper,
  stands: state.stands,
  corrected: state.corrected,
  on_behalf: state.onBehalf,
  recorded_on: state.recordedOn,
})
