import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import { type MineCode, mineCodes, mineOf } from '#demo/mines.ts'
import { instantsOf } from '#demo/moments.ts'
import { personOf } from '#demo/posts.ts'
import type { Act } from '#demo/stage.ts'
import type { MineUnit } from '#domain/org/mineUnit.ts'
import type { Permit } from '#domain/org/permit.ts'
import { presenceDayId } from '#server/presence/dayId.ts'

type Untimed = Omit<Act, 'at'>

/** Whoever keeps the mine's own lists. */
const keeperOf = (mine: MineCode): Act['actor'] =>
  actorOf(mine === 'F06' || mine === 'F11' ? `${mine}/主要负责人` : `${mine}/安全员`)

const unitId = (mine: MineCode, name: string): string => demoId(`unit/${mine}/${name}`)

const unit = (mine: MineCode, name: string, value: Omit<MineUnit, 'name' | 'active'>): Untimed => ({
  name: `unit/${mine}/${name}`,
  actor: keeperOf(mine),
  tenant: mine,
  stream: unitId(mine, name),
  act: 'mineUnit.put',
  body: { ...value, name, active: true },
})

const outsiders = {
  stripping: { name: '演示·磐石采剥工程', creditCode: 'F1140404DEM000911W', work: '剥离、铲装、运输' },
  blasting: { name: '演示·定音爆破', creditCode: 'F1140404DEM00092XL', work: '爆破设计、施工' },
  haulage: { name: '演示·顺坡运输', creditCode: 'F1140404DEM000938L', work: '外租自卸车' },
} as const

type Outsider = keyof typeof outsiders

const outside = (mine: MineCode, which: Outsider, headCount: number, until?: string): Untimed => {
  const { name, creditCode, work } = outsiders[which]
  const kind = which === 'haulage' ? 'lessor' : 'contractor'
  const agreement = until === undefined ? {} : { agreementOn: '2023-01-05', agreementUntil: until }
  return unit(mine, name, { kind, creditCode, work, headCount, ...agreement })
}

const crew = (mine: MineCode, name: string, leader: string, headCount: number, work: string): Untimed =>
  unit(mine, name, { kind: 'crew', leaderId: personOf(`${mine}/${leader}`), headCount, work })

const endOfYear = '2023-12-31'

/** One agreement ran out in summer; the hired trucks of F04 have none yet. */
const units: readonly Untimed[] = [
  unit('F01', '采矿车间', { kind: 'workshop', leaderId: personOf('F01/生产副矿长'), headCount: 31 }),
  unit('F01', '采剥班', {
    kind: 'crew',
    partOfId: unitId('F01', '采矿车间'),
    leaderId: personOf('F01/采剥班长'),
    headCount: 14,
    work: '穿孔、铲装',
  }),
  unit('F01', '挖掘机司机', { kind: 'post', partOfId: unitId('F01', '采剥班'), headCount: 7, work: '铲装' }),
  crew('F01', '机电班', '机电班长', 9, '供电、设备维修'),
  outside('F01', 'stripping', 52, endOfYear),
  outside('F01', 'blasting', 9, endOfYear),
  crew('F02', '采剥班', '采剥班长', 18, '穿孔、铲装'),
  outside('F02', 'stripping', 31, endOfYear),
  outside('F02', 'blasting', 6, endOfYear),
  crew('F03', '采剥班', '采剥班长', 15, '穿孔、铲装'),
  crew('F03', '运输队', '运输队长', 11, '运输'),
  outside('F03', 'blasting', 5, '2023-06-30'),
  outside('F03', 'haulage', 9, endOfYear),
  crew('F04', '采剥班', '采剥班长', 12, '穿孔、铲装'),
  crew('F04', '运输队', '运输队长', 8, '运输'),
  outside('F04', 'blasting', 5, endOfYear),
  outside('F04', 'haulage', 6),
  outside('F05', 'blasting', 4, endOfYear),
  outside('F07', 'blasting', 4, endOfYear),
  crew('F09', '生产班', '生产班长', 13, '挖掘、运输'),
  outside('F10', 'blasting', 4, endOfYear),
]

const authorities = { miningLicence: '演示·自然资源局', safetyPermit: '演示·应急管理厅' } as const

const permit = (mine: MineCode, name: string, value: Permit): Untimed => ({
  name: `permit/${mine}/${name}`,
  actor: keeperOf(mine),
  tenant: mine,
  stream: demoId(`permit/${mine}/${name}`),
  act: 'permit.put',
  body: value,
})

/** All but two run for more than a year from the demo's day; F07's had to be applied for by 8 September. */
const safetyUntil = (mine: MineCode, index: number): string =>
  mine === 'F07' ? '2023-12-08' : `2025-0${1 + (index % 9)}-1${index % 10}`

const ownPermits = mineCodes
  .filter((mine) => mineOf(mine).status === 'producing' || mineOf(mine).status === 'rectifying')
  .flatMap((mine, index): Untimed[] => {
    const until = safetyUntil(mine, index)
    return [
      // F10's mining licence was never entered: the register says so, and no more.
      ...(mine === 'F10'
        ? []
        : [
            permit(mine, '采矿许可证', {
              kind: 'miningLicence',
              number: `演示C14040420${17 + index}1`,
              issuer: authorities.miningLicence,
              validUntil: `20${27 + (index % 3)}-04-30`,
            }),
          ]),
      permit(mine, '安全生产许可证', {
        kind: 'safetyPermit',
        number: `（演示）安许证字〔${Number(until.slice(0, 4)) - 3}〕${101 + index}`,
        issuer: authorities.safetyPermit,
        validUntil: until,
      }),
    ]
  })

const contractorPermits = (['F01', 'F02'] as const).map((mine) =>
  permit(mine, '磐石安全生产许可证', {
    kind: 'safetyPermit',
    number: '（演示）安许证字〔2020〕1088',
    issuer: authorities.safetyPermit,
    issuedOn: '2020-10-09',
    validUntil: '2023-10-08',
    holderId: unitId(mine, outsiders.stripping.name),
  }),
)

/** Crews, contractors and permits, as each mine entered them in May. */
export const mineRecords: readonly Untimed[] = [...units, ...ownPermits, ...contractorPermits]

type Day = readonly [mine: MineCode, who: string, day: string, matters: string, recordedBy?: string]

const both = '法定代表人（实际控制人）'

/** F05's controller was there on three days of August; F10's on none from June on. */
const days: readonly Day[] = [
  ['F10', '法定代表人', '06-15', '参加公示牌张贴，看山坡排土场截水沟'],
  ['F10', '法定代表人', '07-12', '主持安全例会，听安全员说排土场下方的房子'],
  ['F05', '法定代表人', '08-03', '主持月度安全例会'],
  ['F05', '实际控制人', '08-07', '看一面墙作业面，定分台阶的方案由谁做'],
  ['F05', '实际控制人', '08-16', '协调分台阶整改的资金'],
  ['F05', '实际控制人', '08-25', '停产后到矿，核人员撤离，封存作业面道路'],
  ['F01', both, '09-04', '带队查北外排土场，看 GNSS 周报'],
  ['F01', both, '09-11', '主持安全例会，定凹陷帮清理浮石的人和时间'],
  ['F03', both, '09-05', '看东排土场裂缝片，签整改方案', '法定代表人（实际控制人）'],
  ['F04', both, '09-06', '带队看两级台阶分开的进度'],
  ['F04', both, '09-13', '协调运输道路洒水车，看车挡'],
  ['F05', '法定代表人', '09-05', '看分台阶整改进度'],
  ['F07', both, '09-08', '听换证准备情况'],
  ['F08', both, '09-07', '看南帮裂缝计读数，核停产范围', '法定代表人（实际控制人）'],
  ['F09', both, '09-12', '主持安全例会'],
]

/** Days of key persons at their mines, recorded the same evening, mostly by the safety officer. */
export const daysAtMines: readonly Act[] = days.map(([mine, who, day, matters, recordedBy = '安全员']): Act => {
  const personId = personOf(`${mine}/${who}`)
  const on = `2023-${day}`
  const [at = ''] = instantsOf(`presence/${mine}/${who}/${day}`, [`${day} 17:20`])
  return {
    name: `presence/${mine}/${who}/${day}`,
    at,
    actor: actorOf(`${mine}/${recordedBy}`),
    tenant: mine,
    stream: presenceDayId(demoId(mine), personId, on),
    act: 'presence.record',
    body: { personId, on, matters },
  }
})
