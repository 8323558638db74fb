import { z } from 'zod'
import { onTheGround, sideOf } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { field } from '#domain/field.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { happenedOn } from '#domain/hazard/fact.ts'
import { entryOf, happened, type Transition } from '#domain/hazard/move.ts'
import { foundBy, reportedSources, sources, sourceTitles } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { grades } from '#domain/hazard/status.ts'
import { ok, refuse } from '#domain/refusal.ts'

const sourceNames = Object.keys(sources) as [keyof typeof sources, ...(keyof typeof sources)[]]

const finding = {
  mineId: z.uuid().describe('所属矿山'),
  place: field.line('部位').optional(),
  description: field.text('描述').optional(),
  photos: field.photos('现场照片', '从远处拍即可，不要靠近危险处').optional(),
  tooDangerous: field.check('危险，不宜靠近').optional(),
  suspectedGrade: field.choice('初步判断', grades, '说不准就不选，由管理人员判定').optional(),
  suspectedCriteria: field.criteria('疑似触及的判定标准').optional(),
  verifyBy: field.date('核查期限', '群众举报的核查期限；不填按设置推算').optional(),
}

const howFound = Object.fromEntries(reportedSources.map((name) => [name, sourceTitles[name]])) as typeof sourceTitles

export const reportBody = z.object({ ...happenedOn, source: field.choice('发现方式', howFound), ...finding })

const event = z.object({
  ...finding,
  on: z.string(),
  number: z.string(),
  source: z.enum(sourceNames),
})

type ReportBody = z.output<typeof reportBody>

/** The stored form of a report; shared with 当场整改, which reports and closes in one act. */
export const reported = (body: ReportBody, context: HazardContext) =>
  happened('report', {
    ...body,
    on: body.on ?? context.today,
    number: context.number,
    ...(body.source === 'publicReport' && {
      verifyBy: body.verifyBy ?? addDays(body.on ?? context.today, context.settings.verifyWithinDays),
    }),
  })

export const mayNotReport = (body: ReportBody, context: HazardContext) => {
  const ownFinding = foundBy(body.source) === 'mine'
  const side = sideOf(context.actor.role)
  if (side === 'mine' && !ownFinding)
    return refuse({
      code: 'source-not-yours',
      message: `“${sourceTitles[body.source]}”只能由部门登记`,
      clause: '通知 四(二)6、7',
      remedy: '选企业自己的发现方式',
    })
  const department = side === 'bureau' || side === 'city' || side === 'township'
  if (department && ownFinding)
    return refuse({
      code: 'source-not-yours',
      message: `“${sourceTitles[body.source]}”算企业自查，只能由企业登记`,
      clause: '通知 四(二)7',
      remedy: '选部门的发现方式；企业自己发现的，请企业登记',
    })
  const elsewhere = context.tenantId !== body.mineId
  const awaitsVisit = body.source === 'publicReport' && context.tenantId === context.actor.homeTenantId
  if (elsewhere && !awaitsVisit)
    return refuse({
      code: 'register-of-another',
      message: '隐患要记在所属矿山的台账里',
      clause: '安全生产法 41',
      remedy: '选择隐患所在的矿山登记；只有举报等待核查的事项可以先记在本局',
    })
  if (body.source === 'publicReport' && context.tenantId === body.mineId)
    return refuse({
      code: 'report-stays-with-bureau',
      message: '群众举报在到场核查前只能记在局里',
      clause: '安全生产法 73、74',
      remedy: '在本局名下登记；核查后再移交企业',
    })
  return ok(undefined)
}

/**
 * 发现. Nothing may stand in the way of a report (PRACTICE A3): a photo, a word or a place is enough, the rest follows.
 */
export const report: Transition = {
  title: '报告隐患',
  clause: '安全生产法 59、41',
  from: [],
  also: '照片、描述、部位有一样就行；企业和部门各按自己的发现方式登记；群众举报在到场核查前记在局里，其他的记在所属矿山的台账里',
  leadsTo: '已发现',
  who: [{ roles: onTheGround }],
  needs: [],
  body: reportBody,
  decide: (_state, input, context) => {
    const body = reportBody.parse(input)
    if (!body.description && !body.place && (body.photos?.length ?? 0) === 0)
      return refuse({
        code: 'nothing-reported',
        message: '照片、描述、部位至少要有一样',
        remedy: '拍一张照片，或者写一句话',
      })
    const refused = mayNotReport(body, context)
    return refused.ok ? ok([reported(body, context)]) : refused
  },
  evolve: (_state, recorded: RecordedEvent): HazardState => {
    const body = event.parse(recorded.body)
    return {
      status: 'found',
      number: body.number,
      finding: {
        ...entryOf(recorded, body.on),
        mineId: body.mineId,
        source: body.source,
        place: body.place,
        description: body.description,
        photos: body.photos ?? [],
        tooDangerous: body.tooDangerous ?? false,
        suspectedGrade: body.suspectedGrade,
        suspectedCriteria: body.suspectedCriteria ?? [],
        verifyBy: body.verifyBy,
      },
      five: {},
      rechecks: [],
      reopenings: [],
      corrections: 0,
      facts: {},
    }
  },
}
