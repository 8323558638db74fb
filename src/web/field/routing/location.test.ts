import { expect, test } from 'vitest'
import { match } from '#web/field/routing/location.ts'

test('the named parts of an address are read', () => {
  expect(match('/hazard/:tenantId/:id', '/hazard/m1/h1')).toEqual({ tenantId: 'm1', id: 'h1' })
})

test('another length or another word is another page', () => {
  expect(match('/hazard/:tenantId/:id', '/hazard/m1')).toBeUndefined()
  expect(match('/report/:id', '/receipt/c1')).toBeUndefined()
})
