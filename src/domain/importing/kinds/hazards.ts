import { z } from 'zod'
import { alike, bareWords, mayBeOnePlace } from '#domain/alike.ts'
import { importedBody, statusOfRow } from '#domain/hazard/acts/imported.ts'
import type { CriterionStanding } from '#domain/hazard/context.ts'
import { contradictionsOf, judgedGrade, listingLevels, notYet } from '#domain/hazard/ledgerRow.ts'
import { ledgerSources } from '#domain/hazard/source.ts'
import { type Grade, grades, type HazardStatus, statuses } from '#domain/hazard/status.ts'
import type { GoodRow, RowFault } from '#domain/importing/planImport.ts'
import { nearest } from '#domain/importing/suggest.ts'
import {
  type Difference,
  type FoundEntry,
  type IdFor,
  type KindShape,
  type Understand,
  type Understanding,
  wrong,
} from '#domain/importing/understood.ts'
import { claimColumns, hazardColumns } from './hazardColumns.ts'

const texts = <const K extends readonly string[]>(...keys: K) =>
  Object.fromEntries(keys.map((key) => [key, z.string().optional()])) as {
    [N in K[number]]: z.ZodOptional<z.ZodString>
  }

const given = z.object({
  ...texts('mineCode', 'mineName', 'checkedBy', 'finder', 'responsible', 'rechecker', 'tracker', 'listingUnit'),
  ...texts('place', 'category', 'measures', 'responsibleUnit', 'deadline', 'contingencyPlan', 'remark'),
  ...texts('goal', 'method', 'resources', 'organisation', 'schedule', 'safeguards'),
  ...texts('finishedOn', 'recheckedOn', 'closedOn', 'listingNumber', 'listingDeadline'),
  ...texts('ledgerNumber', 'nationalNumber', 'provincialNumber'),
  on: z.string(),
  description: z.string(),
  source: z.enum(Object.keys(ledgerSources) as [LedgerSource, ...LedgerSource[]]).optional(),
  grade: z.enum(Object.keys(grades) as [Grade, ...Grade[]]).optional(),
  criteria: z.array(z.string()).optional(),
  funds: z.number().optional(),
  spent: z.number().optional(),
  stated: z.object({ standing: z.enum(['open', 'done', 'passed', 'failed', 'closed']), word: z.string() }).optional(),
  recheckResult: z.enum(['pass', 'fail']).optional(),
  listingLevel: z.enum(['none', ...(Object.keys(listingLevels) as (keyof typeof listingLevels)[])]).optional(),
})

type LedgerSource = keyof typeof ledgerSources
type Given = z.output<typeof given>

export type LedgerMine = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly companyName?: string | undefined
}

export type StandingHazard = {
  readonly id: string
  readonly mineId: string
  readonly number: string
  readonly on: string
  readonly place?: string | undefined
  readonly description?: string | undefined
  readonly grade?: Grade | undefined
  readonly status: HazardStatus
  readonly closedOn?: string | undefined
}

export type KnownPerson = { readonly id: string; readonly post: string; readonly name?: string | undefined }

export type HazardsStanding = {
  readonly today: string
  /** The one mine that all rows belong to, where one was chosen. */
  readonly target: LedgerMine | undefined
  /** Mines within reach that the rows name, themselves or by their companies. */
  readonly mines: readonly LedgerMine[]
  /** What stands in the registers of these mines, found on days that the rows name. */
  readonly hazards: readonly StandingHazard[]
  /** People of a mine and of the importer's own house. */
  readonly people: (mineId: string) => readonly KnownPerson[]
  readonly criterion: (mineId: string, code: string, on: string) => CriterionStanding | undefined
  /** Whose ledger it is, where a row does not say how the hazard was found. */
  readonly own: 'mine' | 'department'
  readonly idFor: IdFor
}

const mineSaid = ({ mineCode, mineName }: Pick<Given, 'mineCode' | 'mineName'>): string => mineCode ?? mineName ?? ''

const whereIs = ({ sheet, row }: GoodRow, from: GoodRow): string =>
  sheet === from.sheet ? `第 ${row} 行` : `“${sheet}”表第 ${row} 行`

/** Rows of one file that say the same, or nearly: the later one is at fault; near ones a person may let stand. */
const repeated = (rows: readonly GoodRow[]): ReadonlyMap<GoodRow, readonly RowFault[]> => {
  const faults = new Map<GoodRow, readonly RowFault[]>()
  const groups = Map.groupBy(rows, ({ values }) => {
    const row = given.parse(values)
    return `${mineSaid(row)}\n${row.on}`
  })
  for (const group of groups.values()) {
    const seen: { readonly row: GoodRow; readonly said: Given }[] = []
    for (const row of group) {
      const said = given.parse(row.values)
      const earlier = seen.find(
        (one) => mayBeOnePlace(one.said.place, said.place) && alike(one.said.description, said.description),
      )
      seen.push({ row, said })
      if (!earlier) continue
      const same =
        bareWords(earlier.said.description) === bareWords(said.description) &&
        bareWords(earlier.said.place ?? '') === bareWords(said.place ?? '')
      const at = whereIs(earlier.row, row)
      faults.set(row, [
        same
          ? { key: 'description', reason: `与${at}重复`, remedy: '只留一行' }
          : {
              key: 'description',
              reason: `与${at}很像：同一天、同一部位，描述相近`,
              remedy: '是同一条的只留一行；确是两条的，写明理由照收',
              mayStand: true,
            },
      ])
    }
  }
  return faults
}

export const hazardsShape: KindShape = { columns: hazardColumns, together: repeated }

const mineOf = (row: Given, { target, mines }: HazardsStanding): LedgerMine | RowFault => {
  const { mineCode, mineName } = row
  if (target) {
    if (mineCode !== undefined && mineCode !== target.code)
      return {
        key: 'mineCode',
        reason: `编号“${mineCode}”不是选定的“${target.name}”`,
        remedy: '另选一座矿，或者不选矿、按编号导入',
      }
    if (mineCode === undefined && mineName !== undefined && ![target.name, target.companyName].includes(mineName))
      return {
        key: 'mineName',
        reason: `“${mineName}”不是选定的“${target.name}”，也不是它的企业`,
        remedy: '另选一座矿，或者核对名称',
      }
    return target
  }
  if (mineCode === undefined && mineName === undefined)
    return { key: 'mineCode', reason: '没有写是哪座矿', remedy: '填矿山编号，或者先选定一座矿再导入' }
  const key = mineCode === undefined ? 'mineName' : 'mineCode'
  const said = mineSaid(row)
  const byName = mines.filter(({ name }) => name === mineName)
  const named =
    mineCode !== undefined
      ? mines.filter(({ code }) => code === mineCode)
      : byName.length > 0
        ? byName
        : mines.filter(({ companyName }) => companyName === mineName)
  const [only, another] = named
  if (!only) {
    const meant = nearest(said, mineCode === undefined ? mines.map(({ name }) => name) : mines.map(({ code }) => code))
    return {
      key,
      reason: `名录里没有“${said}”这座矿，或者不在您的管辖范围`,
      remedy: meant ? `是不是“${meant}”？` : '核对编号或名称；没有登记的矿先登记',
    }
  }
  if (another) return { key, reason: `“${said}”在名录里不止一座矿`, remedy: '填矿山编号' }
  if (mineCode !== undefined && mineName !== undefined && ![only.name, only.companyName].includes(mineName))
    return { key: 'mineName', reason: `编号“${mineCode}”的矿叫“${only.name}”`, remedy: '核对编号和名称' }
  return only
}

const department = /局|厅|部$|委员会|安委|政府|应急|监管|执法|督查|街道|镇$|乡$/

const sourceOf = ({ source, checkedBy }: Given, { own }: HazardsStanding): LedgerSource => {
  if (source !== undefined) return source
  const departments = checkedBy === undefined ? own === 'department' : department.test(checkedBy)
  return departments ? 'departmentLedger' : 'mineLedger'
}

/** By name, else by post, where one person alone answers to it. */
const personNamed = (said: string, people: readonly KnownPerson[]): string | undefined => {
  const wanted = bareWords(said)
  for (const part of ['name', 'post'] as const) {
    const [only, another] = people.filter((one) => one[part] !== undefined && bareWords(one[part]) === wanted)
    if (only && !another) return only.id
  }
  return undefined
}

const claimsOf = (row: GoodRow): string | undefined => {
  const said = claimColumns.flatMap(({ key, title }) => {
    const value = row.values[key]
    if (typeof value === 'string') return [`${title} ${value}`]
    return value === true ? [title] : []
  })
  return said.length > 0 ? said.join('、') : undefined
}

const stateOf = ({ stated, closedOn }: Given): 'open' | 'closed' =>
  stated?.standing === 'closed' || (stated === undefined && closedOn !== undefined) ? 'closed' : 'open'

const resultOf = ({ stated, recheckResult }: Given): 'pass' | 'fail' | undefined => {
  if (recheckResult !== undefined) return recheckResult
  if (stated?.standing === 'passed') return 'pass'
  return stated?.standing === 'failed' ? 'fail' : undefined
}

const listingSaid = ({ listingLevel, listingNumber, listingUnit, tracker, listingDeadline }: Given): boolean =>
  (listingLevel !== undefined && listingLevel !== 'none') ||
  [listingNumber, listingUnit, tracker, listingDeadline].some((one) => one !== undefined)

const statusWord = ({ status, closedOn }: Pick<StandingHazard, 'status' | 'closedOn'>): string =>
  closedOn === undefined ? statuses[status] : `${statuses[status]}（${closedOn}）`

const foundAmong = (
  row: Given,
  mine: LedgerMine,
  becomes: Pick<StandingHazard, 'status' | 'closedOn'>,
  { hazards }: HazardsStanding,
): FoundEntry | undefined => {
  const near = hazards.filter(
    (one) =>
      one.mineId === mine.id &&
      one.on === row.on &&
      mayBeOnePlace(one.place, row.place) &&
      one.description !== undefined &&
      alike(one.description, row.description),
  )
  const same = (one: StandingHazard) => bareWords(one.description ?? '') === bareWords(row.description)
  const met = near.find(same) ?? near[0]
  if (!met) return undefined
  const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['部位', met.place, row.place ?? met.place],
    ['描述', met.description, row.description],
    [
      '等级',
      met.grade && grades[met.grade],
      row.grade === undefined ? met.grade && grades[met.grade] : grades[row.grade],
    ],
    ['状态', statusWord(met), statusWord(becomes)],
  ]
  const differences = pairs
    .filter(([, before, after]) => bareWords(before ?? '') !== bareWords(after ?? ''))
    .map(([title, before, after]): Difference => ({ title, standing: before, given: after }))
  return { title: `${met.number} ${mine.name} ${met.on} ${met.place ?? ''}`.trim(), differences, replace: [] }
}

type Named = { readonly key: 'responsible' | 'rechecker' | 'tracker'; readonly title: string }

const named: readonly Named[] = [
  { key: 'responsible', title: '整改责任人' },
  { key: 'rechecker', title: '复查人' },
  { key: 'tracker', title: '督办人员' },
]

const remarksOf = (row: Given, ids: Readonly<Record<string, string | undefined>>, listed: boolean): string[] => [
  ...named.flatMap(({ key, title }) =>
    row[key] !== undefined && ids[key] === undefined
      ? [`${title}不在人员名录里，或者不止一人：姓名不写进记录${key === 'responsible' ? '，五定缺责任人' : ''}`]
      : [],
  ),
  ...(row.grade === 'major' && (row.criteria ?? []).length === 0 ? ['重大的没有写判定标准：转入后待判定'] : []),
  ...(row.grade === undefined && stateOf(row) === 'open' ? ['没有写等级：转入后待判定'] : []),
  ...(row.stated?.standing === 'done' && row.finishedOn === undefined
    ? ['写着已整改，没有完成日期：按未验收转入']
    : []),
  ...(row.stated?.standing === 'passed' && row.recheckedOn === undefined
    ? ['写着复查合格，没有复查日期：按未复查转入']
    : []),
  ...(listingSaid(row) && !listed ? ['挂牌督办缺级别、文号、责任人或者期限：只记在备注里，没有作挂牌登记'] : []),
]

const criteriaFaults = (row: Given, mine: LedgerMine, { criterion }: HazardsStanding): readonly RowFault[] =>
  (judgedGrade(row) === 'major' ? (row.criteria ?? []) : []).flatMap((code): RowFault[] => {
    const standing = criterion(mine.id, code, row.on)
    if (!standing)
      return [
        {
          key: 'criteria',
          reason: `${code} 在发现之日（${row.on}）没有施行`,
          remedy: '选发现之日有效的判定标准，或者不填',
        },
      ]
    return standing.applies
      ? []
      : [
          {
            key: 'criteria',
            reason: `${code} 不涉及本矿：${standing.reason ?? '矿山类型不符'}`,
            remedy: '改选适用的判定标准，或者先更正矿山资料',
          },
        ]
  })

const listingWords = ({ listingLevel, listingNumber, listingUnit, listingDeadline }: Given): string =>
  [
    listingLevel !== undefined && listingLevel !== 'none' && listingLevels[listingLevel],
    listingNumber,
    listingUnit,
    listingDeadline && `期限 ${listingDeadline}`,
  ]
    .filter(Boolean)
    .join(' ')

/** What the rows of an older ledger mean: one hazard each, taken over as far as the row goes. */
export const understandHazards =
  (standing: HazardsStanding): Understand =>
  (row, vouched): Understanding => {
    const said = given.parse(row.values)
    const mine = mineOf(said, standing)
    if ('reason' in mine) return wrong(mine)
    const people = standing.people(mine.id)
    const idOf = (name: string | undefined) => (name === undefined ? undefined : personNamed(name, people))
    const ids = { responsible: idOf(said.responsible), rechecker: idOf(said.rechecker), tracker: idOf(said.tracker) }
    const level = said.listingLevel === 'none' ? undefined : said.listingLevel
    const state = stateOf(said)
    const listed =
      level !== undefined &&
      said.listingNumber !== undefined &&
      ids.tracker !== undefined &&
      said.listingDeadline !== undefined &&
      judgedGrade(said) === 'major' &&
      state === 'open'
    const unlisted = listingSaid(said) && !listed ? `原台账写有挂牌督办：${listingWords(said)}` : undefined
    const claims = [claimsOf(row), unlisted].filter(Boolean).join('；') || undefined
    const {
      stated,
      checkedBy: _by,
      finder: _finder,
      listingUnit: _unit,
      mineCode: _code,
      mineName: _name,
      ...facts
    } = said
    const body = Object.fromEntries(
      Object.entries({
        ...facts,
        ...ids,
        listingLevel: level,
        mineId: mine.id,
        source: sourceOf(said, standing),
        state,
        ledgerStatus: stated?.word,
        recheckResult: resultOf(said),
        claims,
      }).filter(([, value]) => value !== undefined),
    )
    const form = importedBody.safeParse(body)
    if (!form.success)
      return wrong(
        ...form.error.issues.map(({ path, message }) => ({
          key: String(path[0]),
          reason: message,
          remedy: '按提示改正',
        })),
      )
    const coming = notYet(form.data, standing.today)
    const criteria = criteriaFaults(said, mine, standing)
    const against = contradictionsOf(form.data)
    if (coming.length > 0 || criteria.length > 0 || (against.length > 0 && vouched === undefined))
      return wrong(
        ...coming,
        ...criteria,
        ...against.map(
          ({ key, ...rest }): RowFault => ({
            key: key === 'state' ? 'stated' : key,
            ...rest,
            ...(coming.length + criteria.length === 0 && { mayStand: true }),
          }),
        ),
      )
    const status = statusOfRow(form.data)
    const doubts = vouched?.doubts ?? []
    const kept =
      against.length + doubts.length > 0 && vouched ? { word: vouched.word, ...(doubts.length > 0 && { doubts }) } : {}
    const id = standing.idFor(`hazard ${row.sheet} ${row.row}`)
    const title = [mine.name, said.on, said.place ?? said.description.slice(0, 20)].join(' ')
    const found = foundAmong(said, mine, { status, closedOn: state === 'closed' ? said.closedOn : undefined }, standing)
    const remarks = remarksOf(said, ids, listed)
    return {
      ok: true,
      value: {
        title,
        add: [
          {
            act: 'hazard.imported',
            tenantId: mine.id,
            streamId: id,
            body: { ...form.data, ...kept },
            expectedVersion: 0,
          },
        ],
        ...(found && { found }),
        ...(remarks.length > 0 && { remarks }),
      },
    }
  }
