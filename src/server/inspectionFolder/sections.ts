import { z } from 'zod'
import type { MineShown } from '#contract/org.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import { grades, statuses } from '#domain/hazard/status.ts'
import { type Block, factsOf, type Section, tableOr } from '#domain/inspectionFolder/section.ts'
import { figureTitles } from '#domain/org/figureTitles.ts'
import { type Mine, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { factWords } from '#domain/org/mineFacts.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { pageOfMeetings } from '#server/paper/queries.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { monthsOfMine } from '#server/selfCheck/queries.ts'

/** What every section is made from. */
export type FolderSubject = {
  readonly mine: MineShown
  readonly today: string
  readonly rulebook: Rulebook
}

/**
 * One section of the folder. Whatever capability has something to show inspectors brings one: it reads within the scope of
 * who asks, and says in blocks what there is and what is missing.
 */
export type SectionSource = (scope: ReadScope, subject: FolderSubject) => Promise<readonly Section[]>

const valueWords = (rulebook: Rulebook, key: string, value: Mine['facts'][string]): readonly [string, string] => {
  const fact = rulebook.facts.find((one) => one.key === key)
  if (fact) return [fact.title, factWords(fact, value)]
  return [figureTitles[key] ?? key, typeof value === 'boolean' ? (value ? '是' : '否') : String(value)]
}

const mineEntry: SectionSource = async (_scope, { mine, rulebook }) => [
  {
    level: 1,
    title: '一、企业和矿山',
    blocks: [
      ...factsOf([
        ['企业', mine.companyName],
        ['信用代码', mine.creditCode],
        ['矿山', `${mine.code} ${mine.name}`],
        ['类型', [mineTypes[mine.mineType], mine.typeNote].filter(Boolean).join('，')],
        ['矿种、规模', `${mine.mineral}，${mine.scale}`],
        ['状态', [mineStatuses[mine.status], mine.statusNote].filter(Boolean).join('，')],
        ['整治范围', `${mine.inScope ? '在内' : '不在内'}：${mine.scopeReason}`],
        ['所在', mine.township],
        ['人数', `本矿 ${mine.staffOwn} 人，外包外租 ${mine.staffContracted} 人`],
      ]),
      { kind: 'heading', text: '登记的情况和数据' },
      ...(Object.keys(mine.facts).length > 0
        ? [
            {
              kind: 'facts',
              rows: Object.entries(mine.facts).map(([key, value]) => valueWords(rulebook, key, value)),
            } as const,
          ]
        : [{ kind: 'missing', text: '没有登记影响判定标准的情况' } as const]),
    ],
  },
]

const permitRow = z.object({ kind: z.string(), number: z.string(), valid_until: z.string().nullable() })

/** 证照, those that stand; one past its last day is said. */
const permits: SectionSource = async ({ client }, { mine, today, rulebook }) => {
  const { rows } = await client.query(
    `select kind, number, valid_until from read.permit where tenant_id = $1 and ended_on is null
     order by valid_until nulls last, kind, number limit 100`,
    [mine.id],
  )
  const titles = new Map(rulebook.permitKinds.map(({ key, title }) => [key, title]))
  const blocks = [
    tableOr(
      [
        { title: '证照', width: 6 },
        { title: '编号', width: 6 },
        { title: '有效期至', width: 4 },
      ],
      rows
        .map((row) => permitRow.parse(row))
        .map(({ kind, number, valid_until: until }) => [
          titles.get(kind) ?? kind,
          number,
          until === null ? '长期' : until < today ? `${until}（已过期）` : until,
        ]),
      '没有登记证照',
    ),
  ]
  return [{ level: 2, title: '证照', blocks }]
}

const registerRow = z.object({
  number: z.string(),
  grade: z.enum(['major', 'general']).nullable(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  source: z.string(),
  found_on: z.string(),
  due_on: z.string().nullable(),
  status: z.string(),
  closed_on: z.string().nullable(),
})

const mostRows = 300

const titleIn = (titles: Readonly<Record<string, string>>, key: string): string => titles[key] ?? key

const register: SectionSource = async ({ client }, { mine }) => {
  const { rows } = await client.query(
    `select number, grade, place, description, source, found_on, due_on, status, closed_on from read.hazard
     where tenant_id = $1 and mine_id = $1 order by (grade = 'major') desc nulls last, found_on desc, id desc limit $2`,
    [mine.id, mostRows + 1],
  )
  const found = rows.map((row) => registerRow.parse(row))
  const listed: Block = tableOr(
    [
      { title: '编号', width: 5 },
      { title: '等级', width: 2 },
      { title: '部位、内容', width: 9 },
      { title: '发现', width: 5 },
      { title: '期限', width: 4 },
      { title: '现状', width: 5 },
    ],
    found
      .slice(0, mostRows)
      .map((row) => [
        row.number,
        row.grade ? grades[row.grade] : '待判定',
        [row.place, row.description].filter(Boolean).join('：').slice(0, 120),
        `${row.found_on}\n${titleIn(sourceTitles, row.source)}`,
        row.due_on ?? '',
        row.closed_on ? `${row.closed_on}\n已销号` : titleIn(statuses, row.status),
      ]),
    '台账里没有隐患',
  )
  const more: readonly Block[] =
    found.length > mostRows ? [{ kind: 'missing', text: `这里是前 ${mostRows} 条；全部的见系统台账导出` }] : []
  return [{ level: 1, title: '二、隐患台账', blocks: [listed, ...more] }]
}

const standingWords = { notBegun: '未开始', inProgress: '进行中', submitted: '已提交，待签字', done: '已落实' } as const

const selfChecks: SectionSource = async (scope, { mine, today }) => {
  const months = await monthsOfMine(scope, mine.id, today.slice(0, 7))
  return [
    {
      level: 1,
      title: '四、月排查',
      blocks: [
        tableOr(
          [
            { title: '月份', width: 3 },
            { title: '落实情况', width: 5 },
          ],
          months.slice(0, 36).map(({ month, standing }) => [month, standingWords[standing]]),
          '没有月排查的记录',
        ),
      ],
    },
  ]
}

const meetings: SectionSource = async (scope, { mine }) => {
  const { found, total } = await pageOfMeetings(scope, mine.id, { after: undefined, limit: 60 })
  return [
    {
      level: 1,
      title: '五、班前会',
      blocks: [
        tableOr(
          [
            { title: '日期', width: 3 },
            { title: '班组', width: 5 },
            { title: '到会', width: 2 },
            { title: '说明', width: 6 },
          ],
          found.slice(0, 60).map(({ on, crew, present, note }) => [on, crew, `${present} 人`, note ?? '']),
          '没有班前会的记录',
        ),
        ...(total > 60 ? [{ kind: 'missing', text: `共 ${total} 次，这里是最近 60 次` } as const] : []),
      ],
    },
  ]
}

/** Before the major hazards, in the order in which inspectors ask. */
export const openingSections: readonly SectionSource[] = [mineEntry, permits, register]
/** After them. */
export const closingSections: readonly SectionSource[] = [selfChecks, meetings]
