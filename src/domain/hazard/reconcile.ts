import { alike, bareWords, mayBeOnePlace } from '#domain/alike.ts'
import { type Grade, grades } from '#domain/hazard/status.ts'

/** A hazard of ours, as far as another system could know it. */
export type OurHazard = {
  readonly tenantId: string
  readonly id: string
  readonly number: string
  readonly mineId: string
  readonly mineName: string
  /** Its number in the other system. */
  readonly external?: string | undefined
  readonly foundOn: string
  readonly place?: string | undefined
  readonly description?: string | undefined
  readonly grade?: Grade | undefined
  readonly closed: boolean
  readonly closedOn?: string | undefined
  readonly deadline?: string | undefined
}

/** A line of the other system's list. */
export type TheirHazard = {
  readonly sheet: string
  readonly row: number
  readonly number: string
  /** Our own number, where their list keeps it. */
  readonly ours?: string | undefined
  readonly mineName?: string | undefined
  readonly foundOn?: string | undefined
  readonly place?: string | undefined
  readonly description?: string | undefined
  readonly grade?: Grade | undefined
  readonly closed?: boolean | undefined
  readonly closedOn?: string | undefined
  readonly deadline?: string | undefined
}

export type Difference = { readonly title: string; readonly ours?: string; readonly theirs?: string }

export type Reconciled = {
  readonly same: number
  readonly differing: readonly {
    readonly ours: OurHazard
    readonly theirs: TheirHazard
    readonly differences: readonly Difference[]
  }[]
  /** In their list, without a hazard of ours that bears the number. */
  readonly onlyTheirs: readonly { readonly theirs: TheirHazard; readonly perhaps: readonly OurHazard[] }[]
  /** Bears a number of theirs that their list does not hold. */
  readonly onlyOurs: readonly OurHazard[]
  /** Ours that bear no number and that no line of theirs seems to mean. */
  readonly unnumbered: number
  /** Numbers that stand more than once in their list. */
  readonly repeated: readonly { readonly number: string; readonly rows: readonly number[] }[]
}

const plainNumber = (number: string): string => bareWords(number).toUpperCase()

const closedWord = (closed: boolean, on: string | undefined): string =>
  closed ? (on === undefined ? '已销号' : `已销号 ${on}`) : '未销号'

const difference = (title: string, ours: string | undefined, theirs: string | undefined): readonly Difference[] =>
  theirs === undefined || (ours !== undefined && bareWords(ours) === bareWords(theirs))
    ? []
    : [{ title, ...(ours !== undefined && { ours }), theirs }]

/** What their line does not say is no difference. */
const differencesOf = (ours: OurHazard, theirs: TheirHazard): readonly Difference[] => {
  const stated = theirs.closed ?? (theirs.closedOn !== undefined ? true : undefined)
  const otherEnd =
    stated !== undefined &&
    (stated !== ours.closed || (theirs.closedOn !== undefined && theirs.closedOn !== ours.closedOn))
  return [
    ...difference('矿山', ours.mineName, theirs.mineName),
    ...difference('发现日期', ours.foundOn, theirs.foundOn),
    ...difference('部位', ours.place, theirs.place),
    ...difference('描述', ours.description, theirs.description),
    ...difference('等级', ours.grade && grades[ours.grade], theirs.grade && grades[theirs.grade]),
    ...difference('整改期限', ours.deadline, theirs.deadline),
    ...(otherEnd
      ? [
          {
            title: '销号',
            ours: closedWord(ours.closed, ours.closedOn),
            theirs: closedWord(stated, theirs.closedOn),
          },
        ]
      : []),
  ]
}

const maySpeakOf = (theirs: TheirHazard, ours: OurHazard): boolean =>
  theirs.foundOn === ours.foundOn &&
  (theirs.mineName === undefined || bareWords(theirs.mineName) === bareWords(ours.mineName)) &&
  mayBeOnePlace(theirs.place, ours.place) &&
  theirs.description !== undefined &&
  ours.description !== undefined &&
  alike(theirs.description, ours.description)

/** Both registers side by side. Numbers are matched as they stand; what only seems alike is offered, never joined. */
export const reconcile = (ours: readonly OurHazard[], theirs: readonly TheirHazard[]): Reconciled => {
  const byNumber = new Map(
    ours.flatMap((one) => (one.external === undefined ? [] : [[plainNumber(one.external), one] as const])),
  )
  const byOwn = new Map(ours.map((one) => [plainNumber(one.number), one]))
  const unnumbered = ours.filter(({ external }) => external === undefined)
  const byDay = Map.groupBy(unnumbered, ({ foundOn }) => foundOn)
  const met = new Set<string>()
  const differing: Reconciled['differing'][number][] = []
  const onlyTheirs: Reconciled['onlyTheirs'][number][] = []
  let same = 0
  for (const line of theirs) {
    const ours = byNumber.get(plainNumber(line.number)) ?? (line.ours && byOwn.get(plainNumber(line.ours)))
    if (!ours) {
      const perhaps = (byDay.get(line.foundOn ?? '') ?? []).filter((one) => maySpeakOf(line, one))
      for (const { id } of perhaps) met.add(id)
      onlyTheirs.push({ theirs: line, perhaps })
      continue
    }
    met.add(ours.id)
    const numbered = difference('编号', ours.external, line.number)
    const differences = [...numbered, ...differencesOf(ours, line)]
    if (differences.length === 0) same += 1
    else differing.push({ ours, theirs: line, differences })
  }
  const lines = Map.groupBy(theirs, ({ number }) => plainNumber(number))
  return {
    same,
    differing,
    onlyTheirs,
    onlyOurs: ours.filter(({ external, id }) => external !== undefined && !met.has(id)),
    unnumbered: unnumbered.filter(({ id }) => !met.has(id)).length,
    repeated: [...lines.values()].flatMap((group) => {
      const [first, ...more] = group
      return first && more.length > 0 ? [{ number: first.number, rows: group.map(({ row }) => row) }] : []
    }),
  }
}
