import { z } from 'zod'
import { isDivisionCode } from '#domain/divisionCode.ts'
import type { GoodRow, RowFault } from '#domain/importing/planImport.ts'
import { contradictions, joined, repeats } from '#domain/importing/repeats.ts'
import { nearest } from '#domain/importing/suggest.ts'
import {
  type Difference,
  faultOf,
  type IdFor,
  type ImportCommand,
  type KindShape,
  type Understanding,
  wrong,
} from '#domain/importing/understood.ts'
import { checkScope } from '#domain/org/coverage.ts'
import { sourcesThatHold } from '#domain/org/factSources.ts'
import { type Mine, mine, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { mineChanges } from '#domain/org/mineChanges.ts'
import { checkFacts } from '#domain/org/mineFacts.ts'
import { checkWatch } from '#domain/org/watch.ts'
import type { MineFact } from '#rulebook/mineFact.ts'
import { factKey, mineColumns, permitKey } from './mineColumns.ts'

export type StandingMine = { readonly id: string; readonly version: number; readonly value: Mine }
export type StandingCompany = { readonly id: string; readonly name: string }

/** Registered mines by code, and by name. */
export type MinesFound = {
  readonly byCode: ReadonlyMap<string, readonly StandingMine[]>
  readonly byName: ReadonlyMap<string, readonly StandingMine[]>
}

export const minesFound = (mines: readonly StandingMine[]): MinesFound => ({
  byCode: Map.groupBy(mines, ({ value }) => value.code),
  byName: Map.groupBy(mines, ({ value }) => value.name),
})

/** What is registered, as far as the rows speak of it, and what the actor's hand reaches. */
export type MinesStanding = {
  readonly mines: MinesFound
  readonly companies: ReadonlyMap<string, StandingCompany>
  /** Names of companies by id, for the words of a difference. */
  readonly companyNames: ReadonlyMap<string, string>
  readonly facts: readonly MineFact[]
  /** Townships within reach, by code. */
  readonly towns: ReadonlyMap<string, string>
  readonly reaches: (div: string) => boolean
  readonly idFor: IdFor
  /** Codes that the rows name: a mine that one row means by its code is not meant by another row's name. */
  readonly named: ReadonlySet<string>
}

const given = z.object({
  code: z.string(),
  name: z.string(),
  companyName: z.string(),
  creditCode: z.string(),
  township: z.string(),
  div: z.string().optional(),
  mineType: z.enum(Object.keys(mineTypes) as (keyof typeof mineTypes)[]),
  typeNote: z.string().optional(),
  mineral: z.string(),
  scale: z.string(),
  status: z.enum(Object.keys(mineStatuses) as (keyof typeof mineStatuses)[]),
  statusNote: z.string().optional(),
  watcher: z.string().optional(),
  inScope: z.boolean().optional(),
  scopeReason: z.string().optional(),
  staffOwn: z.number(),
  staffContracted: z.number(),
})

type Given = z.infer<typeof given>

const textOf = (row: GoodRow, key: string): string => String(row.values[key] ?? '')

export const minesShape = (facts: readonly MineFact[], towns: readonly string[]): KindShape => ({
  columns: mineColumns(facts, towns),
  together: (rows) =>
    joined(
      repeats(rows, 'code', (row) => textOf(row, 'code')),
      contradictions(rows, 'companyName', {
        group: (row) => textOf(row, 'creditCode'),
        said: (row) => textOf(row, 'companyName'),
      }),
    ),
})

type Place = { readonly ok: true; readonly div: string } | { readonly ok: false; readonly fault: RowFault }

const fault = (key: string, reason: string, remedy: string) => ({ ok: false, fault: { key, reason, remedy } }) as const

/** The code is written, or read from the township's name; the two never contradict each other. */
const placeOf = ({ div, township }: Given, { towns, reaches }: MinesStanding): Place => {
  const code = div?.replaceAll(/[\s-]/g, '')
  if (code !== undefined) {
    if (!isDivisionCode(code) || code.length < 9)
      return fault('div', `“${div}”不是乡镇的区划代码`, '填乡镇的 9 位代码，或者不填')
    if (!reaches(code)) return fault('div', `${code} 不在您的管辖范围`, '核对代码；外区县的矿由那里登记')
    const known = towns.get(code.slice(0, 9))
    if (known !== undefined && known !== township)
      return fault('div', `${code} 是${known}，乡镇写的是“${township}”`, '核对后改成一致')
    return { ok: true, div: code }
  }
  const named = [...towns].filter(([, name]) => name === township)
  const [only] = named
  if (only && named.length === 1) return { ok: true, div: only[0] }
  if (only) return fault('township', `叫“${township}”的乡镇不止一个`, '在“行政区划代码”一列写明代码')
  const meant = nearest(township, [...towns.values()])
  return fault(
    'township',
    `管辖范围内没有“${township}”`,
    meant ? `是不是“${meant}”？` : '填乡镇全名，或者在“行政区划代码”一列写明代码',
  )
}

const factsIn = (row: GoodRow, facts: readonly MineFact[]): Mine['facts'] => {
  const known = z.union([z.boolean(), z.number(), z.string()])
  const asked = [...facts.map(({ key }) => [key, factKey(key)] as const), [permitKey, permitKey] as const]
  return Object.fromEntries(
    asked.flatMap(([key, column]) => {
      const value = known.safeParse(row.values[column])
      return value.success ? [[key, value.data]] : []
    }),
  )
}

/** PRACTICE of the notice: a producing mine is wholly in scope; of the others the bureau decides, with its reason. */
const scopeOf = (
  { status, inScope, scopeReason }: Given,
  before: Mine | undefined,
): { readonly inScope: boolean; readonly scopeReason: string } | RowFault => {
  const producing = status === 'producing'
  const standing = before?.status === status ? before : undefined
  const decided = inScope ?? standing?.inScope ?? (producing ? true : undefined)
  if (decided === undefined)
    return { key: 'inScope', reason: `状态是“${mineStatuses[status]}”，没有写是否纳入整治`, remedy: '填“是”或“否”' }
  const kept = standing && (inScope === undefined || inScope === standing.inScope) ? standing.scopeReason : undefined
  const reason = scopeReason ?? kept ?? (producing && decided ? mineStatuses.producing : undefined)
  if (reason === undefined)
    return { key: 'scopeReason', reason: '没有写范围说明', remedy: `写明为什么${decided ? '纳入' : '不纳入'}整治` }
  return { inScope: decided, scopeReason: reason }
}

const entryOf = (
  row: Given,
  parts: { readonly div: string; readonly companyId: string; readonly facts: Mine['facts'] },
  before: Mine | undefined,
): Mine | RowFault => {
  const scope = scopeOf(row, before)
  if ('reason' in scope) return scope
  const { code, name, township, mineType, mineral, scale, status, staffOwn, staffContracted } = row
  const typeNote = row.typeNote ?? before?.typeNote
  // A note on another status says nothing of this one.
  const statusNote = row.statusNote ?? (before?.status === status ? before.statusNote : undefined)
  const watcher = row.watcher === undefined || row.watcher === before?.watcher?.post ? before?.watcher : undefined
  const facts = { ...before?.facts, ...parts.facts }
  return {
    ...before,
    code,
    name,
    companyId: parts.companyId,
    div: parts.div,
    township,
    mineType,
    ...(typeNote !== undefined && { typeNote }),
    mineral,
    scale,
    status,
    statusNote,
    watcher: watcher ?? (row.watcher === undefined ? undefined : { post: row.watcher }),
    ...scope,
    staffOwn,
    staffContracted,
    facts,
    factSources: before && sourcesThatHold(before, facts),
  }
}

const keyOfPath = (path: readonly PropertyKey[]): string | undefined => {
  const [first, second] = path.map(String)
  if (first === 'facts') return second === undefined ? undefined : factKey(second)
  return first
}

type Filled = { readonly ok: true; readonly body: Mine } | { readonly ok: false; readonly faults: readonly RowFault[] }

/** The form's own rules, said at the column. */
const filled = (value: Mine, facts: readonly MineFact[]): Filled => {
  // A member that is undefined would stand in a body as if somebody had said so.
  const said = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
  const form = mine.safeParse(said)
  if (!form.success)
    return {
      ok: false,
      faults: form.error.issues.map(({ path, message }) => {
        const key = keyOfPath(path)
        return { ...(key !== undefined && { key }), reason: message, remedy: '按提示改正' }
      }),
    }
  // A person chosen as watcher was one of the mine's when chosen; here only the post can change.
  const watched = checkWatch(form.data, () => true)
  if (!watched.ok) return { ok: false, faults: [faultOf(watched, 'watcher')] }
  const scoped = checkScope(form.data)
  if (!scoped.ok) return { ok: false, faults: [faultOf(scoped, 'inScope')] }
  const answered = checkFacts(form.data.facts, facts)
  return answered.ok ? { ok: true, body: form.data } : { ok: false, faults: [faultOf(answered)] }
}

const found = ({ code, name }: Given, companyId: string, { mines, named }: MinesStanding): readonly StandingMine[] => {
  const byCode = mines.byCode.get(code)
  if (byCode) return byCode
  return (mines.byName.get(name) ?? []).filter(({ value }) => value.companyId === companyId && !named.has(value.code))
}

/** What one row of a list of mines means: a mine, and its company where nobody has registered it yet. */
export const understandMine = (row: GoodRow, standing: MinesStanding): Understanding => {
  const parsed = given.parse(row.values)
  const place = placeOf(parsed, standing)
  if (!place.ok) return wrong(place.fault)
  const company = standing.companies.get(parsed.creditCode)
  if (company && company.name !== parsed.companyName)
    return wrong({
      key: 'companyName',
      reason: `这个信用代码登记的企业叫“${company.name}”`,
      remedy: '核对代码和名称；企业改了名的，先在企业名录里改',
    })
  const companyId = company?.id ?? standing.idFor(`company ${parsed.creditCode}`)
  const [before, another] = found(parsed, companyId, standing)
  if (another)
    return wrong({ key: 'code', reason: `编号“${parsed.code}”在名录里有两座矿`, remedy: '先在名录里改掉一个编号' })
  const value = entryOf(parsed, { div: place.div, companyId, facts: factsIn(row, standing.facts) }, before?.value)
  if ('reason' in value) return wrong(value)
  const form = filled(value, standing.facts)
  if (!form.ok) return wrong(...form.faults)
  const { body } = form
  const id = before?.id ?? standing.idFor(`mine ${parsed.code}`)
  const put = { act: 'mine.put', tenantId: id, streamId: id, body, expectedVersion: before?.version ?? 0 }
  const register: readonly ImportCommand[] = company
    ? []
    : [
        {
          act: 'company.put',
          tenantId: companyId,
          streamId: companyId,
          body: { name: parsed.companyName, creditCode: parsed.creditCode, div: place.div.slice(0, 6) },
        },
      ]
  const title = `${parsed.code} ${parsed.name}`
  if (!before) return { ok: true, value: { title, add: [...register, put] } }
  const names = new Map([...standing.companyNames, [companyId, parsed.companyName]])
  const changes = mineChanges(before.value, body, { facts: standing.facts, companyName: (one) => names.get(one) })
  const differences = changes.map(
    ({ label, before: was, after }): Difference => ({ title: label, standing: was, given: after }),
  )
  return {
    ok: true,
    value: {
      title,
      add: [],
      found: {
        title: `${before.value.code} ${before.value.name}`,
        differences,
        replace: differences.length === 0 ? [] : [...register, put],
      },
    },
  }
}
