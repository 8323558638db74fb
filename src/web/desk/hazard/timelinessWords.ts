import type { Timeliness } from '#domain/hazard/deadline.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { daysLeftWords, monthDay } from '#web/parts/words.ts'

export type TimelinessWords = { readonly word: string; readonly reason?: string; readonly late: boolean }

const finishedBy = ({ recheckRequest }: HazardState, on: string): string =>
  recheckRequest && recheckRequest.on <= on ? '申请复查' : '企业验收'

/** In time or late, and why: what counts is when the mine did its part (PRACTICE A13). */
/** What was entered only after the deadline says so, wherever it counts. */
const enteredLater = (enteredOn: string | undefined): string => (enteredOn ? `；期限过后 ${enteredOn} 才补录` : '')

export const timelinessWords = (timeliness: Timeliness, state: HazardState): TimelinessWords => {
  switch (timeliness.kind) {
    case 'noDeadline':
      return { word: '未定期限', late: false }
    case 'running':
      return {
        word: daysLeftWords(timeliness.daysLeft),
        reason: `期限 ${timeliness.deadline}`,
        late: timeliness.daysLeft === 0,
      }
    case 'inTime':
      return {
        word: '未逾期',
        reason: `${monthDay(timeliness.finishedOn)}${finishedBy(state, timeliness.finishedOn)}，未超期限 ${monthDay(timeliness.deadline)}${enteredLater(timeliness.enteredOn)}`,
        late: false,
      }
    case 'finishedLate':
      return {
        word: `逾期 ${timeliness.daysLate} 天后完成`,
        reason: `期限 ${timeliness.deadline}，${monthDay(timeliness.finishedOn)}${finishedBy(state, timeliness.finishedOn)}`,
        late: true,
      }
    case 'overdue': {
      const failed = state.rechecks.at(-1)?.result === 'fail'
      return {
        word: `逾期 ${timeliness.daysLate} 天`,
        reason: `期限 ${timeliness.deadline}${failed ? '；复查不合格，按原期限计' : ''}`,
        late: true,
      }
    }
    case 'ended':
      return { word: '已终结，不计时', late: false }
  }
}
