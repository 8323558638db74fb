import { describe, expect, test } from 'vitest'
import type { GoodRow } from '#domain/importing/planImport.ts'
import { type PeopleStanding, type StandingPerson, understandPeople } from './people.ts'

const mine = { id: '018a0000-0001-7000-8000-000000000001', code: 'F01', name: '青石岭' }
const idFor = (name: string): string => `id of ${name}`

const row = (values: Readonly<Record<string, unknown>>, at = 2): GoodRow => ({ sheet: '人员', row: at, values })

const someone = (change: Partial<StandingPerson> = {}): StandingPerson => ({
  id: '018a0000-0002-7000-8000-000000000001',
  tenantId: mine.id,
  version: 1,
  value: { post: '安全员', active: true },
  ...change,
})

const look = (change: Partial<PeopleStanding> = {}) =>
  understandPeople({ target: mine, mines: [], people: [], idFor, ...change })

describe('哪座矿', () => {
  test('选定了一座的，都归它；行里写着别的编号的，指出来', () => {
    expect(look()(row({ post: '司机' }))).toMatchObject({ ok: true, value: { title: '青石岭 司机' } })
    expect(look()(row({ post: '司机', mineCode: 'F02' }))).toMatchObject({ ok: false, faults: [{ key: 'mineCode' }] })
  })

  test('没有选定的，按编号或名称；一样也没写的不行', () => {
    const many = { target: undefined, mines: [mine] }
    expect(look(many)(row({ post: '司机', mineCode: 'F01' })).ok).toBe(true)
    expect(look(many)(row({ post: '司机', mineName: '青石岭' })).ok).toBe(true)
    expect(look(many)(row({ post: '司机', mineCode: 'F01', mineName: '黑石沟' }))).toMatchObject({
      faults: [{ key: 'mineName', reason: '编号“F01”的矿叫“青石岭”' }],
    })
    expect(look(many)(row({ post: '司机' }))).toMatchObject({ faults: [{ reason: '没有写是哪座矿' }] })
  })
})

describe('是不是同一个人', () => {
  test('同名的是；重名的看手机', () => {
    const [one, two] = [
      someone({ name: '导甲', phone: '13900001111' }),
      someone({ id: '018a0000-0002-7000-8000-000000000002', name: '导甲', phone: '13900002222' }),
    ]
    const done = look({ people: [one, two] })(row({ post: '司机', name: '导甲', phone: '13900002222' }))
    expect(done).toMatchObject({ value: { found: { replace: [{ streamId: two.id }] } } })
  })

  test('两行不认作同一个登记：三个爆破员，登记了一个，另两个是新的', () => {
    const understand = look({ people: [someone({ value: { post: '爆破员', active: true } })] })
    const met = [2, 3, 4].map((at) => understand(row({ post: '爆破员' }, at)))
    expect(met.map((one) => one.ok && one.value.found !== undefined)).toEqual([true, false, false])
  })

  test('改的时候，表里没写的姓名、手机照旧，不会被抹掉', () => {
    const done = look({ people: [someone({ name: '导甲', phone: '13900001111' })] })(
      row({ post: '班组长', name: '导甲' }),
    )
    expect(done).toMatchObject({
      value: { found: { replace: [{ private: { name: '导甲', phone: '13900001111' }, expectedVersion: 1 }] } },
    })
  })
})

test('身份证号不进任何一条要办的事；姓名、手机只在私人资料里', () => {
  const done = look()(row({ post: '司机', name: '导甲', phone: '13900001111', idNumber: '14040419800101001X' }))
  if (!done.ok) throw new Error('refused')
  const text = JSON.stringify(done.value)
  expect(text).not.toContain('14040419800101001X')
  const { private: kept, ...rest } = done.value.add[0] ?? { private: {} }
  expect(kept).toEqual({ name: '导甲', phone: '13900001111' })
  expect(JSON.stringify([rest, done.value.title])).not.toMatch(/导甲|13900001111/)
})
