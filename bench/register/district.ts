import type { Grant } from '#domain/access/actor.ts'
import type { Role } from '#domain/access/role.ts'
import { creditCodeCheckDigit, organisationCheckDigit } from '#domain/creditCode.ts'
import type { RecordedEvent } from '#domain/event.ts'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** Ids as uuidv7 has them: what is later is larger, so keys fall where they would fall in a house. */
export const timedId = (atMs: number, serial: number): string => {
  const time = hex(atMs, 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(serial % 4096, 3)}-8000-${hex(serial, 12)}`
}

const began = Date.parse('2021-09-01T00:00:00Z')
let serial = 0
const nextId = (): string => {
  serial += 1
  return timedId(began, serial)
}

export type BenchAccount = {
  readonly accountId: string
  readonly homeTenantId: string
  readonly grant: Grant
}

export type BenchMine = {
  readonly id: string
  readonly code: string
  readonly div: string
  readonly persons: readonly string[]
}

export type Stream = {
  readonly kind: string
  readonly tenantId: string
  readonly streamId: string
  readonly div: string
  readonly events: readonly RecordedEvent[]
}

const cities = Array.from({ length: 11 }, (_, at) => `14${String(at + 1).padStart(2, '0')}`)
const districts = cities.flatMap((city) =>
  Array.from({ length: 10 }, (_, at) => `${city}${String(at + 1).padStart(2, '0')}`),
)
const posts = ['矿长', '安全副矿长', '安全员', '采剥班长', '技术负责人', '爆破员', '运输班长', '机电队长', '维修工']

const creditCode = (index: number): string => {
  const organisation = `BEN${String(index).padStart(5, '0')}`
  const first17 = `F1140404${organisation}${organisationCheckDigit(organisation)}`
  return first17 + creditCodeCheckDigit(first17)
}

const changed = (kind: string, value: Record<string, unknown>): readonly RecordedEvent[] => [
  {
    type: `${kind}.changed`,
    v: 1,
    body: { value },
    id: nextId(),
    version: 1,
    receivedAt: '2021-09-01T00:00:00.000Z',
    actor: { accountId: nextId(), role: 'setup' },
  },
]

/** A province: eleven cities of ten districts, mines in three townships of each, an officer everywhere. */
export const province = (mines: number) => {
  const streams: Stream[] = []
  const put = (kind: string, tenantId: string, streamId: string, div: string, value: Record<string, unknown>) => {
    streams.push({ kind, tenantId, streamId, div, events: changed(kind, value) })
  }
  const account = (tenantId: string, div: string, role: Role, grant: Grant['scope']): BenchAccount => {
    const accountId = nextId()
    const given: Grant = { role, scope: grant }
    put('account', tenantId, accountId, div, { disabled: false, grants: [given] })
    return { accountId, homeTenantId: tenantId, grant: given }
  }
  const bureau = (div: string, kind: string, role: Role): BenchAccount => {
    const id = nextId()
    put('organisation', id, id, div, { kind, name: `演示·${div}应急管理局`, div })
    return account(id, div, role, { kind: 'division', code: div })
  }
  const officers = {
    province: bureau('14', 'cityBureau', 'auditor'),
    cities: cities.map((div) => bureau(div, 'cityBureau', 'cityOfficer')),
    districts: districts.map((div) => bureau(div, 'districtBureau', 'sectionChief')),
  }
  const principals: BenchAccount[] = []
  const all = Array.from({ length: mines }, (_, at): BenchMine => {
    const code = `B${String(at + 1).padStart(5, '0')}`
    const district = districts[at % districts.length] ?? '140101'
    const div = `${district}10${1 + (Math.floor(at / districts.length) % 3)}`
    const company = nextId()
    put('company', company, company, district, {
      name: `演示·测速企业${code}`,
      creditCode: creditCode(at + 1),
      div: district,
    })
    const id = nextId()
    put('mine', id, id, div, {
      code,
      name: `演示·测速矿${code}`,
      companyId: company,
      div,
      township: `演示第${div.slice(8)}镇`,
      mineType: 'openPit',
      mineral: '建筑石料用灰岩',
      scale: '50万吨/年',
      status: 'producing',
      inScope: true,
      scopeReason: '测速用',
      staffOwn: 20 + (at % 40),
      staffContracted: at % 15,
      facts: {},
    })
    const persons = posts.map((post) => {
      const personId = nextId()
      put('person', id, personId, div, { post, active: true })
      return personId
    })
    principals.push(account(id, div, 'principal', { kind: 'tenants', ids: [id] }))
    return { id, code, div, persons }
  })
  return { streams, mines: all, officers: { ...officers, principals } }
}

export type Province = ReturnType<typeof province>
