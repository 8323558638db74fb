import { figureTitles } from '#domain/org/figureTitles.ts'
import { type Mine, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { factWords } from '#domain/org/mineFacts.ts'
import type { MineFact } from '#rulebook/mineFact.ts'

/** One line of 变更记录: what was entered anew, in words. */
export type MineChange = {
  readonly name: string
  readonly label: string
  /** Left out where nothing stood before, or nothing stands now. */
  readonly before?: string | undefined
  readonly after?: string | undefined
}

type Field = Exclude<keyof Mine, 'facts' | 'factSources'>

const fields: Readonly<Record<Field, string>> = {
  code: '编号',
  name: '名称',
  companyId: '企业',
  div: '行政区划代码',
  township: '乡镇',
  mineType: '类型',
  typeNote: '类型说明',
  mineral: '矿种',
  scale: '规模',
  status: '状态',
  statusNote: '状态说明',
  watcher: '盯守人员',
  watchUnit: '盯守责任单位',
  inScope: '整治范围',
  scopeReason: '范围说明',
  staffOwn: '本矿人数',
  staffContracted: '外包外租人数',
  grid: '示意坐标',
  position: '坐标',
}

const fieldNames = Object.keys(fields) as Field[]

type Words = { readonly facts: readonly MineFact[]; readonly companyName: (id: string) => string | undefined }

const fieldWords = (mine: Mine | undefined, name: Field, { companyName }: Words): string | undefined => {
  if (!mine) return undefined
  switch (name) {
    case 'companyId':
      return companyName(mine.companyId) ?? '另一家企业'
    case 'mineType':
      return mineTypes[mine.mineType]
    case 'status':
      return mineStatuses[mine.status]
    case 'watcher':
      return mine.watcher?.post
    case 'inScope':
      return mine.inScope ? '在内' : '不在内'
    case 'grid':
      return mine.grid && `东 ${mine.grid.eastKm}，北 ${mine.grid.northKm}（千米）`
    case 'position':
      return mine.position && `东经 ${mine.position.longitude}°，北纬 ${mine.position.latitude}°（CGCS2000）`
    case 'staffOwn':
    case 'staffContracted':
      return `${mine[name]} 人`
    default:
      return mine[name]
  }
}

const changedField = (before: Mine | undefined, after: Mine, words: Words): readonly MineChange[] =>
  fieldNames.flatMap((name) => {
    // Compared as entered: two companies of one name are two, a watcher chosen by person is another than by post.
    if (before && JSON.stringify(before[name]) === JSON.stringify(after[name])) return []
    const [was, is] = [fieldWords(before, name, words), fieldWords(after, name, words)]
    if (was === undefined && is === undefined) return []
    return [{ name, label: fields[name], before: was, after: is }]
  })

const changedFacts = (before: Mine | undefined, after: Mine, { facts }: Words): readonly MineChange[] => {
  const known = new Map(facts.map((fact) => [fact.key, fact]))
  const said = (value: Mine['facts'][string] | undefined, key: string): string | undefined => {
    const fact = known.get(key)
    if (value === undefined) return undefined
    return fact ? factWords(fact, value) : String(value)
  }
  // In the catalogue's order, whatever order they were kept in.
  const keys = [...new Set([...known.keys(), ...Object.keys(before?.facts ?? {}), ...Object.keys(after.facts)])]
  return keys
    .filter((key) => before?.facts[key] !== after.facts[key])
    .map((key) => ({
      name: `facts.${key}`,
      label: known.get(key)?.title ?? figureTitles[key] ?? '其他数据',
      before: said(before?.facts[key], key),
      after: said(after.facts[key], key),
    }))
}

const sourceWords = (found: NonNullable<Mine['factSources']>[string] | undefined): string | undefined =>
  found && `${found.source}（${found.on}）`

const changedSources = (before: Mine | undefined, after: Mine, { facts }: Words): readonly MineChange[] => {
  const titles = new Map(facts.map(({ key, title }) => [key, title]))
  const keys = [...new Set([...Object.keys(before?.factSources ?? {}), ...Object.keys(after.factSources ?? {})])]
  return keys.flatMap((key) => {
    const [was, is] = [sourceWords(before?.factSources?.[key]), sourceWords(after.factSources?.[key])]
    if (was === is) return []
    const label = `${titles.get(key) ?? figureTitles[key] ?? '其他数据'}的来源`
    return [{ name: `factSources.${key}`, label, before: was, after: is }]
  })
}

/** What a change of a mine's entry changed; of the first entry, all of it. */
export const mineChanges = (before: Mine | undefined, after: Mine, words: Words): readonly MineChange[] => [
  ...changedField(before, after, words),
  ...changedFacts(before, after, words),
  ...changedSources(before, after, words),
]

/**
 * For every fact, the place in `entries` (oldest first) of the change that brought it to what it is now. A fact that
 * was never said has none.
 */
export const lastChangeOfFacts = (entries: readonly Pick<Mine, 'facts'>[]): ReadonlyMap<string, number> => {
  const last = new Map<string, number>()
  entries.forEach(({ facts }, index) => {
    const before = entries[index - 1]?.facts ?? {}
    for (const key of new Set([...Object.keys(before), ...Object.keys(facts)]))
      if (before[key] !== facts[key]) last.set(key, index)
  })
  return last
}
