import type { HazardShown } from '#contract/hazard.ts'
import { gradeOf } from '#domain/hazard/state.ts'

type Known = { readonly hazard: HazardShown; readonly today: string; readonly personId: string | undefined }

/** What is known need not be typed. A general hazard's five are put there, to be changed or sent with one tap (PRACTICE 25). */
export const prefilled = (act: string, { hazard, today, personId }: Known): Record<string, unknown> => {
  const { state } = hazard
  const { five } = state
  const general = gradeOf(state) === 'general'
  if (act === 'assign' && general)
    return {
      ...(!five.responsible && personId && { responsible: personId }),
      ...(!five.measures && { measures: '当场整改' }),
      ...(!five.funds && { funds: 0 }),
      ...(!five.deadline && { deadline: today }),
      ...(!five.contingencyPlan && { contingencyPlan: '现场处置' }),
    }
  if (act === 'recheck' && personId && personId !== five.responsible?.value) return { officers: [personId] }
  if (act === 'control' && state.finding.place) return { where: state.finding.place }
  if ((act === 'controlLifted' || act === 'resumeRequest') && state.stopped?.length)
    return { where: state.stopped.map(({ where }) => where).join('、') }
  return {}
}
