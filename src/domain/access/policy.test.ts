import { describe, expect, test } from 'vitest'
import type { Actor, Scope } from '#domain/access/actor.ts'
import { knownActs, may } from '#domain/access/policy.ts'
import { bureauOfficers, mineManagement, type Role, roleNames, roleTitle, sideOf } from '#domain/access/role.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'

const mine = { tenantId: '018a0000-0001-7000-8000-000000000001', div: '140404102' }
const neighbour = { tenantId: '018a0000-0001-7000-8000-000000000002', div: '140404103' }
const elsewhere = { tenantId: '018a0000-0001-7000-8000-000000000003', div: '140425100' }

const district: Scope = { kind: 'division', code: '140404' }
const ownMine: Scope = { kind: 'tenants', ids: [mine.tenantId] }

const actor = (role: Role, scope: Scope = district): Actor => ({
  accountId: '018a0000-0004-7000-8000-000000000001',
  homeTenantId: mine.tenantId,
  role,
  scope,
})

const able = (act: string): readonly Role[] => roleNames.filter((role) => may(actor(role), act).ok)

/** The regulation said once more, by hand: what the table must give. */
const registrars: readonly Role[] = ['sectionChief', 'regulator', 'systemAdmin', 'setup']
const signedIn = roleNames.filter((role) => role !== 'setup')
const atDesks = roleNames.filter((role) => role !== 'worker' && role !== 'setup')
/** Who keeps a register by hand, or what a mine or a bureau knows of hazards, may fill it from a list. */
const importers = [...mineManagement, ...bureauOfficers, 'systemAdmin'] as const
const written: Readonly<Record<string, readonly Role[]>> = {
  'company.read': atDesks,
  'organisation.read': atDesks,
  'tenant.read': atDesks,
  'mine.put': registrars,
  'company.put': registrars,
  'organisation.put': ['systemAdmin', 'setup'],
  'account.put': ['systemAdmin', 'setup'],
  'account.credentials': ['systemAdmin', 'setup'],
  'account.read': ['systemAdmin'],
  'person.put': ['principal', 'safetyDeputy', 'safetyOfficer', 'sectionChief', 'regulator', 'systemAdmin', 'setup'],
  'mineUnit.read': signedIn,
  'mineUnit.put': ['principal', 'safetyDeputy', 'safetyOfficer', 'sectionChief', 'regulator', 'systemAdmin', 'setup'],
  'permit.read': signedIn,
  'permit.put': ['principal', 'safetyDeputy', 'safetyOfficer', 'sectionChief', 'regulator', 'systemAdmin', 'setup'],
  'presence.read': atDesks,
  'presence.record': mineManagement,
  'presence.correct': mineManagement,
  'presence.withdraw': mineManagement,
  'person.reveal': roleNames.filter((role) => mineManagement.includes(role) || bureauOfficers.includes(role)),
  'importing.take': importers,
  'importing.read': importers,
  'selfCheck.read': signedIn,
  'selfCheck.answer': [...mineManagement, 'crewLeader'],
  'selfCheck.handOver': [...mineManagement, 'crewLeader'],
  'selfCheck.submit': mineManagement,
  'selfCheck.sign': mineManagement,
  'inspectionFolder.make': roleNames.filter((role) => mineManagement.includes(role) || bureauOfficers.includes(role)),
  'crewMeeting.read': signedIn,
  'crewMeeting.file': [...mineManagement, 'crewLeader', 'watcher'],
  'paper.print': [...mineManagement, 'crewLeader', 'watcher'],
  'paper.read': [...mineManagement, 'crewLeader', 'watcher'],
  'paper.file': [...mineManagement, 'crewLeader', 'watcher'],
  'board.read': signedIn,
  'board.print': roleNames.filter((role) => mineManagement.includes(role) || bureauOfficers.includes(role)),
  'board.post': mineManagement,
  'board.publish': ['bureauHead', 'bureauDeputy', 'sectionChief'],
  'board.withdraw': ['bureauHead', 'bureauDeputy', 'sectionChief'],
  'hazard.read': signedIn,
  'register.view': signedIn,
  'register.export': [...mineManagement, ...bureauOfficers, 'legalReviewer', 'cityOfficer', 'townshipHead', 'auditor'],
  'mine.read': signedIn,
  'person.read': signedIn,
  'person.erase': ['principal', 'safetyDeputy', 'systemAdmin', 'sectionChief'],
  'file.read': signedIn,
  'file.put': signedIn,
  'notice.read': signedIn,
  'home.read': signedIn,
  'dutyRecord.read': signedIn,
  'handover.read': atDesks,
  'handover.give': atDesks,
  'handover.take': atDesks,
  'handover.withdraw': atDesks,
  'ledger.read': signedIn,
  'ledger.prove': signedIn,
  'ledger.inspect': ['systemAdmin', 'auditor'],
  'ledger.run': ['systemAdmin'],
  'hazard.act': roleNames.filter((role) => !['legalReviewer', 'auditor', 'systemAdmin', 'setup'].includes(role)),
}

describe('谁可以办什么：岗位 × 事项', () => {
  test('每一个办理事项都在这里写着', () => {
    expect([...knownActs].sort()).toEqual([...Object.keys(written), ...hazardActs.map((act) => `hazard.${act}`)].sort())
  })

  test.each(Object.entries(written))('%s', (act, roles) => {
    expect([...able(act)].sort()).toEqual([...roles].sort())
  })

  test.each(hazardActs)('hazard.%s：办理规则表里提到的岗位，加上可以代录手签的', (act) => {
    const row = transitions[act]
    const named = row?.who.flatMap(({ roles }) => roles) ?? []
    const expected = roleNames.filter(
      (role) => named.includes(role) || (row?.paperSigner !== undefined && mineManagement.includes(role)),
    )
    expect(able(`hazard.${act}`)).toEqual(expected)
  })

  test.each(knownActs)('%s 的拒绝写明自己的岗位、由谁办理', (act) => {
    for (const role of roleNames) {
      const outcome = may(actor(role), act)
      if (outcome.ok) continue
      expect(outcome.refusal.code).toBe('role-may-not')
      expect(outcome.refusal.message).toContain(roleTitle(role))
      expect(outcome.refusal.remedy).toMatch(/^由.+办理/)
      expect(outcome.refusal.remedy).not.toContain('安装程序')
    }
  })

  test('没有登记的事项，谁也不能办；对象自带的名字也不算', () => {
    for (const act of ['hazard.payFine', 'toString', '__proto__', 'constructor', ''])
      for (const role of roleNames) expect(may(actor(role), act)).toMatchObject({ refusal: { code: 'unknown-act' } })
  })

  test('安装程序只登记，不看也不办隐患', () => {
    const acts = knownActs.filter((act) => may(actor('setup'), act).ok)
    expect(acts.sort()).toEqual([
      'account.credentials',
      'account.put',
      'company.put',
      'mine.put',
      'mineUnit.put',
      'organisation.put',
      'permit.put',
      'person.put',
    ])
  })

  test('系统管理员、审计员、法制审核员不办隐患', () => {
    for (const role of ['systemAdmin', 'auditor', 'legalReviewer'] as const)
      for (const act of hazardActs) expect(may(actor(role), `hazard.${act}`).ok, `${role} ${act}`).toBe(false)
  })

  test('企业的人不能复查重大隐患、挂牌、责令、批恢复生产', () => {
    for (const role of roleNames.filter((one) => sideOf(one) === 'mine'))
      for (const act of [
        'listing',
        'delisting',
        'order',
        'penalty',
        'resumeDecision',
        'departmentReceipt',
        'endByClosure',
        'transfer',
        'handOver',
      ])
        expect(may(actor(role), `hazard.${act}`).ok, `${role} ${act}`).toBe(false)
  })
})

describe('管辖范围', () => {
  test.each(knownActs)('%s：出了范围一律不能办', (act) => {
    for (const role of roleNames) {
      if (!may(actor(role), act).ok) continue
      expect(may(actor(role), act, mine).ok).toBe(true)
      expect(may(actor(role), act, elsewhere)).toMatchObject({ refusal: { code: 'out-of-scope' } })
      expect(may(actor(role, ownMine), act, mine).ok).toBe(true)
      expect(may(actor(role, ownMine), act, neighbour)).toMatchObject({ refusal: { code: 'out-of-scope' } })
    }
  })

  test('先看岗位再看范围：不该办的人得不到“不在管辖范围”的暗示', () => {
    expect(may(actor('worker'), 'hazard.closeOut', elsewhere)).toMatchObject({ refusal: { code: 'role-may-not' } })
  })

  test('市局的范围含各县区，乡镇的只含本乡镇', () => {
    const city: Scope = { kind: 'division', code: '1404' }
    const town: Scope = { kind: 'division', code: '140404102' }
    expect(may(actor('cityOfficer', city), 'hazard.read', elsewhere).ok).toBe(true)
    expect(may(actor('townshipHead', town), 'hazard.read', mine).ok).toBe(true)
    expect(may(actor('townshipHead', town), 'hazard.read', neighbour).ok).toBe(false)
  })
})
