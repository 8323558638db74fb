import { z } from 'zod'
import { field } from '#domain/field.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** 班前会 filed: one photo of the paper that the whole crew signed stands for all of them; nobody types their names. */
export const crewMeetingFiling = z.object({
  ...happenedOn,
  crew: field.line('班组', { max: 50, help: '例如 采剥一班' }),
  present: field.count('到会人数'),
  photos: field.photos('签到表照片'),
  note: field.text('说明', { max: 300 }).optional(),
})

export const crewMeetingFiled = z.object({
  on: z.string(),
  crew: z.string(),
  present: z.number(),
  photos: z.array(z.string()).min(1),
  note: z.string().optional(),
})

export type CrewMeeting = z.infer<typeof crewMeetingFiled>

const clause = '安全生产法 44、58'

/** What the record says of a meeting, or what is wrong with it. */
export const decideCrewMeeting = (
  begun: boolean,
  { on, ...filing }: z.output<typeof crewMeetingFiling>,
  today: string,
): Outcome<CrewMeeting> => {
  if (begun)
    return refuse({
      code: 'crew-meeting-filed',
      message: '这次班前会已经入档',
      clause,
      remedy: '再开一次会的，另打一张卡',
    })
  if (filing.photos.length === 0)
    return refuse({
      code: 'sign-in-photo-missing',
      message: '没有签到表照片',
      clause,
      remedy: '把大家签过字的卡拍一张',
      details: { fields: [{ field: 'photos', message: '拍一张签到表' }] },
    })
  if (filing.present === 0)
    return refuse({
      code: 'nobody-present',
      message: '到会人数是 0',
      clause,
      remedy: '按签到表写人数',
      details: { fields: [{ field: 'present', message: '按签到表写人数' }] },
    })
  if (on !== undefined && on > today)
    return refuse({
      code: 'not-yet',
      message: `${on} 还没有到，班前会不能先记`,
      clause,
      remedy: '填开会那天的日期',
      details: { fields: [{ field: 'on', message: '填开会那天的日期' }] },
    })
  return ok({ on: on ?? today, ...filing })
}
