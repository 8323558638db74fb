import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import type { MineCode } from '#demo/mines.ts'
import { instantsOf } from '#demo/moments.ts'
import { personOf } from '#demo/posts.ts'
import { hashOf } from '#demo/seeded.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { enact } from '#demo/stage.ts'
import { stories } from '#demo/stories.ts'
import type { Story } from '#demo/story.ts'
import type { AnswerOutcome } from '#domain/selfCheck/answer.ts'
import { itemsOf, type SheetItem, sheetOf } from '#domain/selfCheck/sheet.ts'
import { tallyOf } from '#domain/selfCheck/tally.ts'
import type { Platform } from '#server/platform/platform.ts'
import { type GivenAnswer, keepAnswers } from '#server/selfCheck/answers.ts'
import { findMine, hazardsRaised } from '#server/selfCheck/queries.ts'
import { sheetIdOf } from '#server/selfCheck/sheetId.ts'

type Happening = { readonly at: string; readonly run: () => Promise<void> }

const producing: readonly MineCode[] = ['F01', 'F02', 'F03', 'F04', 'F05', 'F07', 'F08', 'F09', 'F10']
const months = ['06', '07', '08'] as const

/** 本月未落实: August at this mine. */
const missed = (mine: MineCode, month: string): boolean => mine === 'F07' && month === '08'

const lastWord = new Set(['closeOut', 'merge', 'transfer', 'endByClosure'])

const ends = ({ act, body }: Story['steps'][number]): boolean =>
  lastWord.has(act) || (act === 'judge' && body.outcome === 'notEstablished')

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

const dayOf = (when: string): string => when.slice(0, 5)

/** Hazards of the mine that stood open on a day ('08-18'), with the criteria somebody named for them. */
const openOn = (mine: MineCode, day: string) =>
  stories.flatMap(({ code, mine: at, register, steps }) => {
    const known = steps.filter(({ when }) => dayOf(when) <= day)
    if (at !== mine || known.length === 0 || known.some(ends)) return []
    const criteria = known.flatMap(({ body }) => [...strings(body.suspectedCriteria), ...strings(body.criteria)])
    return [{ id: demoId(code), known: register === mine, criteria: new Set(criteria) }]
  })

type Given = Pick<GivenAnswer, 'outcome' | 'note'>

/** 未查, now and then; where a fact of the mine is missing; and where something is open that the form does not say. */
const plain = (name: string, { code, applies }: SheetItem): AnswerOutcome => {
  if (applies.kind === 'asked' && applies.missing.length > 0) return 'notChecked'
  return hashOf(`${name}/${code}`) % 17 === 0 ? 'notChecked' : 'good'
}

/** What stands open under a criterion is never answered 符合要求: the first of its questions names it, the others stay 未查. */
const answering = (name: string, mine: MineCode, day: string, numbers: ReadonlyMap<string, { number: string }>) => {
  const open = openOn(mine, day)
  const told = new Set<string>()
  return (item: SheetItem): Given => {
    const under = open.filter(
      ({ criteria }) => criteria.has(item.code) || (item.criterion && criteria.has(item.criterion.code)),
    )
    if (under.length === 0) return { outcome: plain(name, item) }
    const own = under.filter(({ id, known }) => known && numbers.has(id) && !told.has(id))
    if (own.length === 0) return { outcome: 'notChecked' }
    for (const { id } of own) told.add(id)
    const named = own.map(({ id }) => numbers.get(id)?.number).join('、')
    return { outcome: 'bad', note: `已登记隐患 ${named}，正在整改` }
  }
}

type Round = { readonly mine: MineCode; readonly month: string; readonly day: string }

const nameOf = ({ mine, month }: Round): string => `selfCheck/${mine}/${month}`

const sheetIn = ({ mine, month }: Round) => ({
  mineId: demoId(mine),
  month: `2023-${month}`,
  sheetId: sheetIdOf(demoId(mine), `2023-${month}`),
})

const isBegun = (platform: Platform, round: Round): Promise<boolean> => {
  const { mineId, sheetId } = sheetIn(round)
  return platform.read(actorOf(`${round.mine}/安全员`), async ({ client }) => {
    const { rowCount } = await client.query('select from core.stream where tenant_id = $1 and stream_id = $2', [
      mineId,
      sheetId,
    ])
    return rowCount === 1
  })
}

const questionsOf = (platform: Platform, { mine, day }: Round) =>
  platform.read(actorOf(`${mine}/安全员`), async (scope) => {
    const subject = await findMine(scope, demoId(mine))
    if (!subject) throw new Error(`demo: no mine ${mine}`)
    const ids = openOn(mine, day).map(({ id }) => id)
    const numbers = await hazardsRaised(scope, demoId(mine), ids)
    return { sheet: sheetOf(platform.rulebook, subject, `2023-${day}`), numbers }
  })

/** One person's part of the round, saved as one goes: an answer every minute or so. */
const goRound = async (
  platform: Platform,
  clock: SettableClock,
  round: Round,
  {
    by,
    at,
    items,
    answer,
  }: { by: string; at: string; items: readonly SheetItem[]; answer: (item: SheetItem) => Given },
): Promise<readonly (GivenAnswer & { readonly by: string })[]> => {
  const actor = actorOf(by)
  const begun = Date.parse(at)
  const answers = items.map(
    (item, index): GivenAnswer => ({
      id: demoId(`${nameOf(round)}/${item.code}`),
      item: item.code,
      seq: index + 1,
      answeredAt: new Date(begun + index * 67_000).toISOString(),
      ...answer(item),
    }),
  )
  clock.set(new Date(begun + items.length * 67_000).toISOString())
  await keepAnswers(platform.pool, actor, sheetIn(round), answers, clock.now())
  return answers.map((one) => ({ ...one, by: actor.accountId }))
}

const inTwo = <T>(all: readonly T[], at: number): readonly [readonly T[], readonly T[]] => [
  all.slice(0, at),
  all.slice(at),
]

const askedOf = (items: readonly SheetItem[]): readonly SheetItem[] =>
  items.filter(({ applies }) => applies.kind === 'asked')

const wholeRound = (platform: Platform, clock: SettableClock, round: Round): readonly Happening[] => {
  const { mine, month, day } = round
  const next = `${month}-${String(Number(day.slice(3)) + 1).padStart(2, '0')}`
  const [first = '', second = '', submitted = '', signed = ''] = instantsOf(nameOf(round), [
    `${day} 08:10`,
    `${day} 13:30`,
    `${day} 17:20`,
    `${next} 08:30`,
  ])
  const { mineId, sheetId, month: of } = sheetIn(round)
  const acting = { tenant: mine, stream: sheetId }
  return [
    {
      at: submitted,
      run: async () => {
        if (await isBegun(platform, round)) return
        const { sheet, numbers } = await questionsOf(platform, round)
        const answer = answering(nameOf(round), mine, day, numbers)
        const asked = askedOf(itemsOf(sheet))
        const [morning, afternoon] = inTwo(asked, Math.ceil(asked.length / 2))
        const answers = [
          ...(await goRound(platform, clock, round, { by: `${mine}/安全员`, at: first, items: morning, answer })),
          ...(await goRound(platform, clock, round, { by: `${mine}/采剥班长`, at: second, items: afternoon, answer })),
        ]
        const body = {
          mineId,
          month: of,
          on: `2023-${day}`,
          team: '矿长、安全员、采剥班长',
          answers: answers.map(({ id: _id, ...one }) => one),
        }
        await enact(platform, clock, {
          ...acting,
          name: `${nameOf(round)}/submit`,
          at: submitted,
          actor: actorOf(`${mine}/安全员`),
          act: 'selfCheck.submit',
          body,
        })
      },
    },
    {
      at: signed,
      run: () =>
        enact(platform, clock, {
          ...acting,
          name: `${nameOf(round)}/sign`,
          at: signed,
          actor: actorOf(`${mine}/矿长`),
          act: 'selfCheck.sign',
          body: { mineId, month: of, on: `2023-${next}`, submission: 1, ledInPerson: hashOf(nameOf(round)) % 3 > 0 },
        }),
    },
  ]
}

/** September, still under way where the tour looks: begun by the safety officer, handed to the crew leader. */
const underWay = (platform: Platform, clock: SettableClock): Happening => {
  const round: Round = { mine: 'F04', month: '09', day: '09-13' }
  const [begun = '', handed = '', goneOn = ''] = instantsOf(nameOf(round), [
    '09-13 08:20',
    '09-13 16:10',
    '09-14 08:20',
  ])
  const { mineId, sheetId, month } = sheetIn(round)
  return {
    at: handed,
    run: async () => {
      if (await isBegun(platform, round)) return
      const { sheet, numbers } = await questionsOf(platform, round)
      const answer = answering(nameOf(round), round.mine, round.day, numbers)
      const [mine, rest] = inTwo(askedOf(itemsOf(sheet)), 31)
      const answers = await goRound(platform, clock, round, { by: 'F04/安全员', at: begun, items: mine, answer })
      await enact(platform, clock, {
        name: `${nameOf(round)}/handOver`,
        at: handed,
        actor: actorOf('F04/安全员'),
        tenant: 'F04',
        stream: sheetId,
        act: 'selfCheck.handOver',
        body: {
          mineId,
          month,
          to: personOf('F04/采剥班长'),
          note: '采场和穿爆看完了，铲装运往下请接着查',
          left: tallyOf(sheet, answers).notChecked.length,
        },
      })
      await goRound(platform, clock, round, { by: 'F04/采剥班长', at: goneOn, items: rest.slice(0, 9), answer })
    },
  }
}

/** 月排查 of the summer: each month gone round by two, submitted, signed the day after; nothing in it raises a hazard anew. */
export const selfChecks = (platform: Platform, clock: SettableClock): readonly Happening[] => [
  ...months.flatMap((month) =>
    producing
      .filter((mine) => !missed(mine, month))
      .flatMap((mine) =>
        wholeRound(platform, clock, { mine, month, day: `${month}-${16 + (hashOf(`${mine}/${month}`) % 5)}` }),
      ),
  ),
  underWay(platform, clock),
]
