import { type KeyOffice, keyOffices, offices } from '#domain/org/office.ts'

export type KeyHolder = { readonly id: string; readonly offices: readonly KeyOffice[] }
export type DayAtMine = { readonly offices: readonly KeyOffice[]; readonly on: string }

export type OfficeMonth = {
  readonly office: KeyOffice
  readonly holders: readonly string[]
  readonly days: number
  /** Why it is listed as missing; left out where nothing is. */
  readonly missing?: string
}

/** What the mine owes a month: with no number set, that something is on record at all (the notice sets none). */
const missingOf = (holders: number, days: number, required: number | null): string | undefined => {
  if (holders === 0) return '没有登记担任的人'
  if (days === 0) return '本月没有驻矿记录'
  return required !== null && days < required ? `少 ${required - days} 天` : undefined
}

/** One month of one mine, by office: a person who holds both counts for both, a day counts once. */
export const officesInMonth = (
  people: readonly KeyHolder[],
  records: readonly DayAtMine[],
  required: number | null,
): readonly OfficeMonth[] =>
  keyOffices.map((office) => {
    const holders = people.filter((person) => person.offices.includes(office)).map(({ id }) => id)
    const days = new Set(records.filter((day) => day.offices.includes(office)).map(({ on }) => on)).size
    const missing = missingOf(holders.length, days, required)
    return { office, holders, days, ...(missing && { missing }) }
  })

/** `法定代表人：本月没有驻矿记录` */
export const missingWords = (months: readonly OfficeMonth[]): readonly string[] =>
  months.flatMap(({ office, missing }) => (missing ? [`${offices[office]}：${missing}`] : []))
