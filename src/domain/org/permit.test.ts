import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPermit, type Permit, permit, permitStanding, renewBy } from '#domain/org/permit.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'

const parsed = await loadRulebook()
const kinds = parsed.ok ? parsed.rulebook.permitKinds : []
const kindOf = (key: string) => kinds.find((kind) => kind.key === key)

const given: Permit = {
  kind: 'safetyPermit',
  number: '（晋）FM安许证字〔2020〕第 1 号',
  issuer: '省应急管理厅',
  issuedOn: '2020-12-09',
  validUntil: '2023-12-08',
}

describe('证照的有效期', () => {
  const on = (today: string, value: Partial<Permit> = {}, soonDays = 60) =>
    permitStanding({ ...given, ...value }, kindOf(value.kind ?? given.kind), { today, soonDays })

  it('最后一天还有效，第二天过期', () => {
    expect(on('2023-12-08')).toBe('soon')
    expect(on('2023-12-09')).toBe('expired')
  })

  it('安全生产许可证按条例期满前 3 个月提示（许可证条例 9），哪怕设置的天数更少', () => {
    expect(on('2023-09-07')).toBe('valid')
    expect(on('2023-09-08')).toBe('soon')
    expect(on('2023-09-08', {}, 10)).toBe('soon')
    expect(renewBy(given, kindOf('safetyPermit'))).toBe('2023-09-08')
  })

  it('没有法定月数的证照按设置的天数提示；设置的天数比法定的早的，按设置', () => {
    expect(on('2023-10-08', { kind: 'miningLicence' })).toBe('valid')
    expect(on('2023-10-09', { kind: 'miningLicence' })).toBe('soon')
    expect(renewBy(given, kindOf('miningLicence'))).toBeUndefined()
    expect(on('2023-08-01', {}, 200)).toBe('soon')
  })

  it('没有写有效期的是长期；登记失效的不再算过期', () => {
    expect(on('2099-01-01', { validUntil: undefined })).toBe('longTerm')
    expect(on('2024-06-01', { ended: { on: '2023-11-01', reason: '换发新证' } })).toBe('ended')
  })
})

describe('登记证照', () => {
  const refusedAt = (value: Partial<Permit>, holder = false) => {
    const done = checkPermit({ ...given, ...value }, { kinds, today: '2023-09-15', isHolder: () => holder })
    return done.ok ? undefined : done.refusal.details
  }
  const at = (field: string) => ({ fields: [expect.objectContaining({ field })] })

  it('对的收下', () => {
    expect(refusedAt({})).toBeUndefined()
    expect(refusedAt({ holderId: '018a0000-0001-7000-8000-000000000001' }, true)).toBeUndefined()
  })

  it('种类不在名目里、其他证照没有写明、日期填反、还没有到的日子，都指到那一项', () => {
    expect(refusedAt({ kind: 'mysteryPermit' })).toEqual(at('kind'))
    expect(refusedAt({ kind: 'other' })).toEqual(at('note'))
    expect(refusedAt({ kind: 'other', note: '临时用地批复' })).toBeUndefined()
    expect(refusedAt({ issuedOn: '2023-09-16', validUntil: '2026-01-01' })).toEqual(at('issuedOn'))
    expect(refusedAt({ validUntil: '2020-12-08' })).toEqual(at('validUntil'))
    expect(refusedAt({ ended: { on: '2023-09-16', reason: '注销' } })).toEqual(at('ended.on'))
    expect(refusedAt({ holderId: '018a0000-0001-7000-8000-000000000001' })).toEqual(at('holderId'))
  })
})

it('存下来的 permit.changed 第 1 版永远读得出来', () => {
  const path = new URL('../../../tests/golden/permit/changed.v1.json', import.meta.url)
  const { event } = JSON.parse(readFileSync(path, 'utf8'))
  expect(permit.parse(event.body.value)).toEqual(event.body.value)
})
