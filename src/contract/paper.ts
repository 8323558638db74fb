import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { receiptShown } from '#contract/receipt.ts'
import { plain, route } from '#contract/route.ts'
import { crewMeetingFiling } from '#domain/paper/crewMeeting.ts'
import { paperForm } from '#domain/paper/paperForm.ts'

const mineParams = z.object({ mineId: z.uuid() })

export const readCrewCard = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:mineId/crew-card',
  summary: '班前会卡：今天还开着的隐患和管控措施，用过的班组名称',
  tag: 'paper',
  access: { act: 'crewMeeting.read' },
  params: mineParams,
  reply: z.object({
    mine: z.string(),
    on: z.string(),
    lines: z.array(
      z.object({
        number: z.string(),
        grade: z.string(),
        place: z.string().optional(),
        content: z.string().optional(),
        controls: z.array(z.string()),
        stop: z.enum(['partial', 'whole']).optional(),
        deadline: z.string().optional(),
      }),
    ),
    more: z.number().int(),
    /** Names of crews as they were written before. */
    crews: z.array(z.string()),
  }),
})

export type CrewCardRead = z.infer<typeof readCrewCard.reply>

export const crewMeetingShown = z.object({
  id: z.uuid(),
  on: z.string(),
  crew: z.string(),
  present: z.number().int(),
  photo: z.string(),
  note: z.string().optional(),
})

export type CrewMeetingShown = z.infer<typeof crewMeetingShown>

export const listCrewMeetings = route({
  ...plain,
  method: 'GET',
  path: '/api/mines/:mineId/crew-meetings',
  summary: '班前会：哪天、哪个班组、到了几人、签到表照片',
  tag: 'paper',
  access: { act: 'crewMeeting.read' },
  params: mineParams,
  query: z.object(pageQuery),
  reply: pageOf(crewMeetingShown),
})

const commandId = z.uuid('办理编号应为 UUID')

export const fileCrewMeeting = route({
  ...plain,
  method: 'POST',
  path: '/api/mines/:mineId/crew-meetings/:id',
  summary: '班前会入档：一张签到表照片，全班组有效',
  tag: 'paper',
  access: { act: 'crewMeeting.file' },
  params: mineParams.extend({ id: z.uuid() }),
  body: z.object({ commandId, ...crewMeetingFiling.shape }),
  reply: receiptShown,
})

const paperParams = z.object({ tenantId: z.uuid(), id: z.uuid() })

/** The address in the QR code of a printed form; under the phone's own entry. */
export const paperPath = (tenantId: string, id: string): string => `/m/paper/${tenantId}/${id}`

export const printPaper = route({
  ...plain,
  method: 'PUT',
  path: '/api/tenants/:tenantId/papers/:id',
  summary: '打印一张要手签的纸：记下它代表什么，二维码凭它归档',
  tag: 'paper',
  access: { act: 'paper.print' },
  params: paperParams,
  body: paperForm,
  reply: z.object({ id: z.uuid() }),
})

export const readPaper = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId/papers/:id',
  summary: '一张打印的纸：代表什么，是否已经归档',
  tag: 'paper',
  access: { act: 'paper.read' },
  params: paperParams,
  reply: z.object({
    form: paperForm,
    title: z.string(),
    /** Of which record, in words: the hazard's number and place, or the crew. */
    subject: z.string(),
    unit: z.string(),
    printedAt: z.string(),
    filed: z.boolean(),
  }),
})

export type PaperRead = z.infer<typeof readPaper.reply>

export const filePaper = route({
  ...plain,
  method: 'POST',
  path: '/api/tenants/:tenantId/papers/:id/photo',
  summary: '签过字的纸拍照归档：照片进到它该在的记录里',
  tag: 'paper',
  access: { act: 'paper.file' },
  params: paperParams,
  body: z.object({
    photos: crewMeetingFiling.shape.photos,
    /** Of a crew's card: how many signed. */
    present: crewMeetingFiling.shape.present.optional(),
  }),
  reply: receiptShown,
})
