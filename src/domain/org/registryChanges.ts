import type { MineChange } from '#domain/org/mineChanges.ts'
import { mineUnitKinds } from '#domain/org/mineUnit.ts'
import { offices } from '#domain/org/office.ts'
import type { PermitKind } from '#rulebook/permitKind.ts'

/** Registries whose history is told field by field; a mine's own has more to say (mineChanges). */
export type ToldRegistry = 'company' | 'person' | 'mineUnit' | 'permit'

type Value = Readonly<Record<string, unknown>>

export type ChangeWords = {
  readonly permitKinds: readonly Pick<PermitKind, 'key' | 'title'>[]
  /** Post of a person, name of a unit, as they stand now. */
  readonly nameOf: (id: string) => string | undefined
}

type Told = { readonly label: string; readonly words?: (value: unknown, words: ChangeWords) => string | undefined }

const option =
  (titles: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' ? (titles[value] ?? value) : undefined

const named = (value: unknown, { nameOf }: ChangeWords): string | undefined =>
  typeof value === 'string' ? (nameOf(value) ?? '已不在名录里') : undefined

const isRecord = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const officeWords = option(offices)

const fields: Readonly<Record<ToldRegistry, Readonly<Record<string, Told>>>> = {
  company: {
    name: { label: '企业名称' },
    creditCode: { label: '统一社会信用代码' },
    div: { label: '行政区划代码' },
    address: { label: '地址' },
  },
  person: {
    post: { label: '岗位' },
    active: { label: '在岗', words: (value) => (value === true ? '在岗' : '离岗') },
    offices: {
      label: '职务',
      words: (value) =>
        Array.isArray(value) && value.length > 0 ? value.map((one) => officeWords(one) ?? '').join('、') : undefined,
    },
    unitId: { label: '所在车间、班组、单位', words: named },
  },
  mineUnit: {
    kind: { label: '种类', words: option(mineUnitKinds) },
    name: { label: '名称' },
    partOfId: { label: '所属', words: named },
    leaderId: { label: '负责人', words: named },
    work: { label: '作业内容' },
    headCount: { label: '人数', words: (value) => `${String(value)} 人` },
    creditCode: { label: '统一社会信用代码' },
    agreementOn: { label: '安全协议签订日期' },
    agreementUntil: { label: '安全协议有效期至' },
    active: { label: '现状', words: (value) => (value === true ? '在册' : '已撤销、退场') },
  },
  permit: {
    kind: {
      label: '种类',
      words: (value, { permitKinds }) => permitKinds.find(({ key }) => key === value)?.title ?? String(value),
    },
    number: { label: '证号' },
    issuer: { label: '发证机关' },
    issuedOn: { label: '发证日期' },
    validUntil: { label: '有效期至' },
    holderId: { label: '持证单位', words: named },
    note: { label: '说明' },
    ended: {
      label: '失效',
      words: (value) => (isRecord(value) ? `${String(value.on)}，${String(value.reason)}` : undefined),
    },
  },
}

const said = (value: unknown, told: Told, words: ChangeWords): string | undefined => {
  if (value === undefined || value === null) return undefined
  return told.words ? told.words(value, words) : String(value)
}

/** What one entry of a registry changed against the entry before it; of the first entry, all of it. */
export const registryChanges = (
  kind: ToldRegistry,
  before: Value | undefined,
  after: Value,
  words: ChangeWords,
): readonly MineChange[] =>
  Object.entries(fields[kind]).flatMap(([name, told]) => {
    // Compared as entered: two persons of one post are two.
    if (before && JSON.stringify(before[name]) === JSON.stringify(after[name])) return []
    const [was, is] = [before && said(before[name], told, words), said(after[name], told, words)]
    return was === undefined && is === undefined ? [] : [{ name, label: told.label, before: was, after: is }]
  })

/** Ids that the words of a registry's entries name: who leads, where it belongs, who holds it. */
export const namedIn = (value: Value): readonly string[] =>
  ['partOfId', 'leaderId', 'holderId', 'unitId'].flatMap((name) => {
    const id = value[name]
    return typeof id === 'string' ? [id] : []
  })
