import { z } from 'zod'
import { maskName, maskPhone } from '#domain/access/mask.ts'
import type { Column } from '#domain/importing/header.ts'
import type { GoodRow, RowFault } from '#domain/importing/planImport.ts'
import { choiceCell, idNumberCell, phoneCell, textCell } from '#domain/importing/readCell.ts'
import { joined, repeats } from '#domain/importing/repeats.ts'
import { nearest } from '#domain/importing/suggest.ts'
import {
  type Difference,
  type IdFor,
  type ImportCommand,
  type KindShape,
  type Understanding,
  wrong,
} from '#domain/importing/understood.ts'
import { type Person, person, privatePerson } from '#domain/org/person.ts'

const columns: readonly Column[] = [
  {
    key: 'mineCode',
    title: '矿山编号',
    aliases: ['矿编号', '矿山代码'],
    required: false,
    read: textCell(20),
    help: '只导入一座矿的可以不填',
    example: 'F01',
  },
  {
    key: 'mineName',
    title: '矿山名称',
    aliases: ['所属矿山', '矿名', '矿山', '单位', '单位名称'],
    required: false,
    read: textCell(100),
    help: '没有编号时按名称找',
  },
  {
    key: 'post',
    title: '岗位',
    aliases: ['职务', '工种', '岗位（工种）', '岗位工种', '职位', '岗位名称'],
    required: true,
    read: textCell(50),
    help: '记录里只写岗位，不写姓名',
    example: '安全员',
  },
  {
    key: 'name',
    title: '姓名',
    aliases: ['人员姓名', '名字'],
    required: false,
    read: textCell(50),
    help: '另存在私人资料里，可以删除',
  },
  {
    key: 'phone',
    title: '手机',
    aliases: ['手机号', '手机号码', '联系电话', '电话', '联系方式', '电话号码'],
    required: false,
    read: phoneCell,
    help: '手机 11 位，座机连区号',
  },
  {
    key: 'idNumber',
    title: '身份证号',
    aliases: ['身份证号码', '身份证', '公民身份号码', '证件号码'],
    required: false,
    read: idNumberCell,
    help: '只用来核对，不保存；单元格用文本格式',
  },
  {
    key: 'active',
    title: '是否在岗',
    aliases: ['在岗', '在岗状态', '在岗情况', '是否在职'],
    required: false,
    read: choiceCell({ yes: '在岗', no: '离岗' }, { 是: 'yes', 在职: 'yes', 否: 'no', 离职: 'no', 不在岗: 'no' }),
    help: '不填算在岗',
    choices: ['在岗', '离岗'],
  },
]

const given = z.object({
  mineCode: z.string().optional(),
  mineName: z.string().optional(),
  post: z.string(),
  name: z.string().optional(),
  phone: z.string().optional(),
  idNumber: z.string().optional(),
  active: z.enum(['yes', 'no']).optional(),
})

type Given = z.infer<typeof given>

export type Workplace = { readonly id: string; readonly code?: string; readonly name: string }
export type StandingPerson = {
  readonly id: string
  readonly tenantId: string
  readonly version: number
  readonly value: Person
  readonly name?: string
  readonly phone?: string
}

export type PeopleStanding = {
  /** The one place that all rows belong to, where one was chosen. */
  readonly target: Workplace | undefined
  /** Mines within reach that the rows name. */
  readonly mines: readonly Workplace[]
  readonly people: readonly StandingPerson[]
  readonly idFor: IdFor
}

const personKey = (row: GoodRow): string | undefined => {
  const { mineCode, mineName, name, phone, post } = given.parse(row.values)
  // Several may hold one post; without a name nothing says that two rows are one person.
  return name === undefined ? undefined : [mineCode ?? mineName ?? '', name, phone ?? '', post].join('\n')
}

const idKey = (row: GoodRow): string | undefined => given.parse(row.values).idNumber

export const peopleShape: KindShape = {
  columns,
  together: (rows) => joined(repeats(rows, 'name', personKey), repeats(rows, 'idNumber', idKey)),
}

const workplaceOf = (row: Given, { target, mines }: PeopleStanding): Workplace | RowFault => {
  const { mineCode, mineName } = row
  if (target) {
    if (mineCode !== undefined && target.code !== undefined && mineCode !== target.code)
      return {
        key: 'mineCode',
        reason: `编号“${mineCode}”不是选定的“${target.name}”`,
        remedy: '另选一座矿，或者不选矿、按编号导入',
      }
    return target
  }
  if (mineCode === undefined && mineName === undefined)
    return { key: 'mineCode', reason: '没有写是哪座矿', remedy: '填矿山编号，或者先选定一座矿再导入' }
  const named = mines.filter(({ code, name }) => (mineCode === undefined ? name === mineName : code === mineCode))
  const [only] = named
  if (only && named.length === 1) {
    if (mineCode !== undefined && mineName !== undefined && only.name !== mineName)
      return { key: 'mineName', reason: `编号“${mineCode}”的矿叫“${only.name}”`, remedy: '核对编号和名称' }
    return only
  }
  const key = mineCode === undefined ? 'mineName' : 'mineCode'
  const said = mineCode ?? mineName ?? ''
  if (only) return { key, reason: `“${said}”在名录里不止一座矿`, remedy: '改用不重复的编号' }
  const meant =
    mineCode === undefined
      ? nearest(
          said,
          mines.map(({ name }) => name),
        )
      : undefined
  return {
    key,
    reason: `名录里没有“${said}”这座矿，或者不在您的管辖范围`,
    remedy: meant ? `是不是“${meant}”？` : '核对编号；没有登记的矿先登记',
  }
}

/** By name, then by phone where two have one name; without a name by a post that one person without a name holds. */
const found = (row: Given, here: readonly StandingPerson[], met: ReadonlySet<string>): StandingPerson | undefined => {
  if (row.name === undefined)
    return here.find(({ id, name, value }) => name === undefined && value.post === row.post && !met.has(id))
  const named = here.filter(({ id, name }) => name === row.name && !met.has(id))
  return named.find(({ phone }) => phone !== undefined && phone === row.phone) ?? named[0]
}

const activity = (active: boolean): string => (active ? '在岗' : '离岗')

const differencesOf = (row: Given, value: Person, before: StandingPerson): readonly Difference[] => [
  ...(value.post === before.value.post ? [] : [{ title: '岗位', standing: before.value.post, given: value.post }]),
  ...(value.active === before.value.active
    ? []
    : [{ title: '在岗', standing: activity(before.value.active), given: activity(value.active) }]),
  ...(row.phone === undefined || row.phone === before.phone
    ? []
    : [{ title: '手机', standing: before.phone && maskPhone(before.phone), given: maskPhone(row.phone) }]),
]

type Meeting = { readonly here: ReadonlyMap<string, readonly StandingPerson[]>; readonly met: Set<string> }

const understand = (row: GoodRow, standing: PeopleStanding, { here, met }: Meeting): Understanding => {
  const parsed = given.parse(row.values)
  const place = workplaceOf(parsed, standing)
  if ('reason' in place) return wrong(place)
  const before = found(parsed, here.get(place.id) ?? [], met)
  if (before) met.add(before.id)
  const active = parsed.active === undefined ? undefined : parsed.active === 'yes'
  const form = person.safeParse({ ...before?.value, post: parsed.post, active: active ?? before?.value.active ?? true })
  if (!form.success)
    return wrong(...form.error.issues.map(({ message }) => ({ key: 'post', reason: message, remedy: '按提示改正' })))
  const { name = before?.name, phone = before?.phone } = parsed
  const kept = privatePerson.safeParse({ ...(name && { name }), ...(phone && { phone }) })
  if (!kept.success)
    return wrong(
      ...kept.error.issues.map(({ path, message }) => ({
        key: String(path[0]),
        reason: message,
        remedy: '按提示改正',
      })),
    )
  const command = (
    id: string,
    value: Person,
    data: Readonly<Record<string, string | undefined>>,
    version: number,
  ): ImportCommand => ({
    act: 'person.put',
    tenantId: place.id,
    streamId: id,
    body: value,
    ...(Object.keys(data).length > 0 && { private: data }),
    expectedVersion: version,
  })
  const fresh = person.parse({ post: parsed.post, active: active ?? true })
  const own = { ...(parsed.name && { name: parsed.name }), ...(parsed.phone && { phone: parsed.phone }) }
  const add = [command(standing.idFor(`person ${row.sheet} ${row.row}`), fresh, own, 0)]
  // Kept beside the row's outcome: nothing of the person, not even masked.
  const title = `${place.name} ${parsed.post}`
  if (!before) return { ok: true, value: { title, add } }
  const differences = differencesOf(parsed, form.data, before)
  return {
    ok: true,
    value: {
      title,
      add,
      found: {
        title: [place.name, before.value.post, ...(before.name ? [maskName(before.name)] : [])].join(' '),
        differences,
        replace: differences.length === 0 ? [] : [command(before.id, form.data, kept.data, before.version)],
      },
    },
  }
}

/** What the rows of a list of people mean. Nobody is met twice; the ID number has been checked and goes no further. */
export const understandPeople = (standing: PeopleStanding): ((row: GoodRow) => Understanding) => {
  const meeting = { here: Map.groupBy(standing.people, ({ tenantId }) => tenantId), met: new Set<string>() }
  return (row) => understand(row, standing, meeting)
}
