import { sourceTitles } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { grades, statuses } from '#domain/hazard/status.ts'
import { type Block, type FolderPhoto, factsOf, type Section, tableOr } from '#domain/inspectionFolder/section.ts'
import { formatYuan } from '#domain/money.ts'

/** What the record of a hazard knows beside its state: names of posts, texts of criteria, what proves each entry. */
export type HazardGiven = {
  readonly state: HazardState
  readonly postOf: (personId: string) => string | undefined
  readonly criteria: readonly { readonly code: string; readonly title: string; readonly documentNumber: string }[]
  readonly entries: readonly HazardEntry[]
}

export type HazardEntry = {
  readonly eventId: string
  readonly on: string
  readonly receivedAt: string
  readonly title: string
  readonly post: string
  readonly onBehalf: boolean
  readonly leafHash?: string
  /** Place in the log and day of the signed checkpoint that holds it. */
  readonly inLog?: { readonly index: number; readonly signedAt: string }
}

/** As many of a hazard's photos as two rows take; the others are counted. */
export const photosOfOneSide = 2

const finding = ({ state, criteria }: HazardGiven): readonly Block[] => {
  const { finding: found, judgement } = state
  return factsOf([
    ['现状', statuses[state.status]],
    ['发现', `${found.on}，${sourceTitles[found.source]}`],
    ['部位', found.place],
    ['内容', found.description],
    ['判定', judgement && `${judgement.on}，${grades[judgement.grade]}`],
    ['判定依据', judgement?.basis],
    [
      '判定标准',
      criteria.map(({ code, title, documentNumber }) => `${code} ${title}（${documentNumber}）`).join('\n') ||
        undefined,
    ],
  ])
}

const five = ({ state: { five: assigned, due }, postOf }: HazardGiven): readonly Block[] =>
  factsOf([
    ['责任人', assigned.responsible && (postOf(assigned.responsible.value) ?? '已登记人员')],
    ['措施', assigned.measures?.value],
    ['资金', assigned.funds && formatYuan(assigned.funds.value)],
    ['期限', due ?? assigned.deadline?.value],
    ['预案', assigned.contingencyPlan?.value],
  ])

const proofColumns = [
  { title: '日期', width: 3 },
  { title: '事项', width: 5 },
  { title: '内容', width: 6 },
  { title: '收到时间', width: 4 },
  { title: '存证编号、位置', width: 5 },
]

const proofWords = (entry: HazardEntry | undefined): string => {
  if (!entry?.leafHash) return '没有存证'
  const place = entry.inLog ? `第 ${entry.inLog.index + 1} 条` : '正在入存证'
  return `${entry.leafHash.slice(0, 16)}\n${place}`
}

const whenReceived = (iso: string): string => {
  const shanghai = new Date(Date.parse(iso) + 8 * 3_600_000).toISOString()
  return `${shanghai.slice(0, 10)} ${shanghai.slice(11, 16)}`
}

const ways = { system: '本系统', phone: '电话', paper: '书面', meeting: '当面' } as const

/** 双报告 and 公示: each with what proves when it was entered. */
const reports = ({ state, entries }: HazardGiven): readonly Block[] => {
  const entryOf = new Map(entries.map((entry) => [entry.eventId, entry]))
  const { departmentReport = [], departmentReceipt = [], workersReport = [], posting = [] } = state.facts
  const rows = [
    ...departmentReport.map((one) => ({ one, title: '报告部门', text: `${one.department}（${ways[one.how]}）` })),
    ...departmentReceipt.map((one) => ({ one, title: '部门收到', text: one.department })),
    ...workersReport.map((one) => ({
      one,
      title: one.meeting === 'all' ? '报告职工大会' : '报告职代会',
      text: one.attended === undefined ? '' : `到会 ${one.attended} 人`,
    })),
    ...posting.map((one) => ({ one, title: '公示', text: one.where })),
  ].sort((a, b) => a.one.on.localeCompare(b.one.on) || a.one.receivedAt.localeCompare(b.one.receivedAt))
  const missing = [
    departmentReport.length === 0 && '没有报告部门的记录',
    workersReport.length === 0 && '没有报告职工大会或职代会的记录',
    posting.length === 0 && '没有公示的记录',
  ].filter((one) => one !== false)
  return [
    ...(rows.length > 0
      ? [
          tableOr(
            proofColumns,
            rows.map(({ one, title, text }) => [
              one.on,
              title,
              text,
              whenReceived(one.receivedAt),
              proofWords(entryOf.get(one.eventId)),
            ]),
            '',
          ),
        ]
      : []),
    ...missing.map((text): Block => ({ kind: 'missing', text })),
  ]
}

const before = ({ finding: found, facts: written }: HazardState): readonly string[] =>
  found.photos.length > 0 ? found.photos : (written.control?.find(({ photos }) => photos?.length)?.photos ?? [])

const after = ({ acceptance, facts: written }: HazardState): readonly string[] =>
  acceptance && acceptance.photos.length > 0
    ? acceptance.photos
    : (written.progress?.findLast(({ photos }) => (photos?.length ?? 0) > 0)?.photos ?? [])

const side = (title: string, photos: readonly string[], instead: string): readonly FolderPhoto[] =>
  photos.length === 0
    ? [{ caption: title, instead }]
    : photos
        .slice(0, photosOfOneSide)
        .map((sha256, at) => ({ sha256, caption: photos.length === 1 ? title : `${title} ${at + 1}` }))

const pictures = ({ state }: HazardGiven): Block => {
  const { finding: found, acceptance } = state
  return {
    kind: 'photos',
    photos: [
      ...side('整改前', before(state), found.tooDangerous ? '危险，不宜靠近' : '没有照片'),
      ...side(
        acceptance ? '整改后' : '整改中',
        after(state),
        acceptance?.notPhotographable ? '危险不宜靠近，或者无可拍摄' : '还没有照片',
      ),
    ],
  }
}

const ending = ({ state, postOf }: HazardGiven): readonly Block[] => {
  const { acceptance, rechecks, closing, facts: written } = state
  const trace = written.trace?.at(-1)
  return factsOf([
    [
      '企业验收',
      acceptance &&
        `${acceptance.on}，${acceptance.conclusion}${acceptance.signedOnPaper ? '（手签，原件照片在档）' : ''}`,
    ],
    [
      '复查',
      rechecks
        .map(
          ({ on, result, findings, officers }) =>
            `${on}，${result === 'pass' ? '合格' : '不合格'}：${findings}（${officers.map((id) => postOf(id) ?? '执法人员').join('、')}）`,
        )
        .join('\n') || undefined,
    ],
    ['销号', closing?.on],
    [
      '溯源',
      trace &&
        `述情：${trace.facts}\n析因：${trace.causes}\n追责：${trace.accountability}\n明责：${trace.duties}\n治源：${trace.cure}`,
    ],
  ])
}

const trail = ({ entries }: HazardGiven): Block =>
  tableOr(
    [
      { title: '日期', width: 3 },
      { title: '办理事项', width: 6 },
      { title: '岗位', width: 4 },
      { title: '收到时间', width: 4 },
      { title: '存证编号、位置', width: 5 },
    ],
    entries.map((entry) => [
      entry.on,
      entry.onBehalf ? `${entry.title}（代录，原件在档）` : entry.title,
      entry.post,
      whenReceived(entry.receivedAt),
      proofWords(entry),
    ]),
    '没有记录',
  )

/** One major hazard as an inspector reads it: what it is, the five, the reports with their proof, before and after, how it ended. */
export const hazardSection = (given: HazardGiven): Section => {
  const { number, finding: found } = given.state
  const heading = (text: string): Block => ({ kind: 'heading', text })
  return {
    level: 2,
    title: [number, found.place].filter(Boolean).join(' '),
    blocks: [
      ...finding(given),
      heading('五定五落实'),
      ...five(given),
      heading('报告与公示'),
      ...reports(given),
      heading('整改前后'),
      pictures(given),
      heading('验收、复查、销号、溯源'),
      ...ending(given),
      heading('办理记录'),
      trail(given),
    ],
  }
}

/** How many photos of a hazard the folder leaves out. */
export const photosLeftOut = (state: HazardState): number =>
  [before(state), after(state)].reduce((sum, photos) => sum + Math.max(0, photos.length - photosOfOneSide), 0)
