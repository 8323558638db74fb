import { expect, test } from 'vitest'
import type { Actor } from '#domain/access/actor.ts'
import { type Role, roleNames } from '#domain/access/role.ts'
import { mayReadRecord } from '#domain/ledger/mayReadRecord.ts'

const actor = (role: Role): Actor => ({
  accountId: '018a0000-0004-7000-8000-000000000001',
  homeTenantId: '018a0000-0001-7000-8000-000000000001',
  role,
  scope: { kind: 'division', code: '140404' },
})

const readersOf = (kind: string): readonly Role[] => roleNames.filter((role) => mayReadRecord(actor(role), kind).ok)

test('a hazard, a mine: whoever is signed in may have the proof', () => {
  for (const kind of ['hazard', 'mine']) expect(readersOf(kind)).toEqual(roleNames.filter((role) => role !== 'setup'))
})

test('accounts and their passwords: the administrator alone; companies: nobody in the pit', () => {
  for (const kind of ['account', 'credentials']) expect(readersOf(kind)).toEqual(['systemAdmin'])
  expect(readersOf('company')).not.toContain('worker')
})

test('who looked at a person’s data: not for everybody who sees the person’s post', () => {
  expect(readersOf('person')).toContain('principal')
  expect(readersOf('person')).not.toContain('worker')
})

test('a kind that nobody thought of is nobody’s to prove', () => {
  for (const kind of ['', 'exam', 'toString']) expect(readersOf(kind)).toEqual([])
})
