import { companyOf } from '#demo/companies.ts'
import { demoId } from '#demo/demoId.ts'
import { type MineCode, mineCodes } from '#demo/mines.ts'
import { cityCode, districtCode, townshipCodes, townships } from '#demo/organisations.ts'
import type { Grant, Scope } from '#domain/access/actor.ts'
import type { Role } from '#domain/access/role.ts'

/** A post of the demo: its person has no name and no phone; without grants it has no account. */
export type Post = {
  readonly key: string
  readonly home: string
  readonly title: string
  readonly grants: readonly Grant[]
}

const tenants = (...codes: readonly string[]): Scope => ({ kind: 'tenants', ids: codes.map(demoId) })
const division = (code: string): Scope => ({ kind: 'division', code })

const bureau: readonly (readonly [title: string, role: Role])[] = [
  ['局长', 'bureauHead'],
  ['分管副局长', 'bureauDeputy'],
  ['三股股长', 'sectionChief'],
  ['监管员甲', 'regulator'],
  ['监管员乙', 'regulator'],
  ['法制审核员', 'legalReviewer'],
  ['执法中队长', 'enforcementLead'],
  ['执法员甲', 'enforcer'],
  ['执法员乙', 'enforcer'],
  ['系统管理员', 'systemAdmin'],
]

const offices: readonly Post[] = [
  ...bureau.map(
    ([title, role]): Post => ({
      key: `局/${title}`,
      home: '局',
      title,
      grants: [{ role, scope: division(districtCode) }],
    }),
  ),
  {
    key: '市局/非煤监管科员',
    home: '市局',
    title: '非煤监管科员',
    grants: [{ role: 'cityOfficer', scope: division(cityCode) }],
  },
  ...townships.map(
    (township): Post => ({
      key: `${township}/应急站长`,
      home: township,
      title: '应急站长',
      grants: [{ role: 'townshipHead', scope: division(townshipCodes[township]) }],
    }),
  ),
  {
    key: '专家库/采矿专家',
    home: '专家库',
    title: '采矿专家',
    grants: [{ role: 'expert', scope: tenants('F04', 'F09') }],
  },
  {
    key: '专家库/岩土专家',
    home: '专家库',
    title: '岩土专家',
    grants: [{ role: 'expert', scope: tenants('F08') }],
  },
]

type MinePost = readonly [title: string, role?: Role]

const management: readonly MinePost[] = [
  ['法定代表人', 'legalRepresentative'],
  ['实际控制人', 'actualController'],
  ['矿长', 'principal'],
  ['技术负责人', 'technicalHead'],
  ['安全副矿长', 'safetyDeputy'],
  ['生产副矿长', 'productionDeputy'],
  ['安全员', 'safetyOfficer'],
  ['采剥班长', 'crewLeader'],
  ['穿孔工', 'worker'],
  ['挖掘机司机'],
  ['自卸车司机'],
]

/** Where one person is both, the register says so with one post. */
const sameOwner = (posts: readonly MinePost[]): readonly MinePost[] => [
  ['法定代表人（实际控制人）', 'legalRepresentative'],
  ...posts.filter(([title]) => title !== '法定代表人' && title !== '实际控制人'),
]

const ordinary = sameOwner(management)

/** Where nothing is blasted nobody drills. */
const withoutDrilling = ordinary.map(
  ([title, role]): MinePost => (title === '穿孔工' ? ['铲装工', 'worker'] : role ? [title, role] : [title]),
)

const watched: readonly MinePost[] = [
  ['法定代表人（实际控制人）', 'legalRepresentative'],
  ['主要负责人', 'principal'],
  ['盯守负责人', 'watcher'],
  ['盯守人员甲', 'watcher'],
  ['盯守人员乙', 'watcher'],
]

const postsByMine: Readonly<Record<MineCode, readonly MinePost[]>> = {
  F01: [...ordinary, ['机电班长', 'crewLeader'], ['监测员', 'worker'], ['皮带工', 'worker']],
  F02: [...ordinary, ['机电班长', 'crewLeader'], ['水泵工', 'worker']],
  F03: [...ordinary, ['运输队长', 'crewLeader'], ['机电班长', 'crewLeader']],
  F04: [...ordinary, ['运输队长', 'crewLeader'], ['门岗班长', 'crewLeader']],
  F05: management,
  F06: watched,
  F07: [...ordinary, ['机电班长', 'crewLeader'], ['电工班长', 'crewLeader']],
  F08: [...withoutDrilling, ['拉料调度'], ['破碎站班长', 'crewLeader']],
  F09: [...withoutDrilling, ['生产班长', 'crewLeader']],
  F10: [...management, ['运输队长', 'crewLeader']],
  F11: watched,
  F12: [
    ['法定代表人（实际控制人）', 'legalRepresentative'],
    ['企业主要负责人', 'principal'],
    ['安全员', 'safetyOfficer'],
    ['巡坝工', 'worker'],
  ],
}

/** One principal for the iron mine and its tailings pond: one account that reaches both. */
const reach = (mine: MineCode, role: Role): Scope =>
  mine === 'F11' && role === 'principal'
    ? tenants('F11', 'F12', companyOf('F11').code)
    : tenants(mine, companyOf(mine).code)

const minePosts: readonly Post[] = mineCodes.flatMap((mine) =>
  postsByMine[mine].map(
    ([title, role]): Post => ({
      key: `${mine}/${title}`,
      home: mine,
      title,
      grants: role ? [{ role, scope: reach(mine, role) }] : [],
    }),
  ),
)

export const posts: readonly Post[] = [...offices, ...minePosts]

const byKey = new Map(posts.map((post) => [post.key, post]))

export const postOf = (key: string): Post => {
  const found = byKey.get(key)
  if (!found) throw new RangeError(`no post ${key} in the demo`)
  return found
}

/** The person who holds a post, as records name them. */
export const personOf = (key: string): string => demoId(`person/${postOf(key).key}`)

export const accountOf = (key: string): string => demoId(`account/${postOf(key).key}`)
