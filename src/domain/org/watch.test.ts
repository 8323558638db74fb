import { describe, expect, it } from 'vitest'
import { type MineStatus, mineStatuses } from '#domain/org/mine.ts'
import { checkWatch } from '#domain/org/watch.ts'

const nobody = () => false
const post = '盯守负责人'
const personId = '018f0000-0000-7000-8000-000000000001'

describe('驻矿盯守（通知 二）', () => {
  const watched: readonly MineStatus[] = ['longSuspended', 'constructionHalted']
  const others = Object.keys(mineStatuses).filter((status) => !watched.some((one) => one === status)) as MineStatus[]

  it.each(watched)('%s without a watcher is refused, with the clause and what to do', (status) => {
    const refused = checkWatch({ status }, nobody)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'watcher-missing', clause: '通知 二' } })
    expect(refused.ok === false && refused.refusal.remedy).toContain('盯守人员的岗位')
  })

  it.each(watched)('%s with a watcher by post stands', (status) => {
    expect(checkWatch({ status, watcher: { post } }, nobody).ok).toBe(true)
  })

  it.each(others)('%s needs none', (status) => {
    expect(checkWatch({ status }, nobody).ok).toBe(true)
  })

  it('a watcher chosen by person is one of this mine', () => {
    const mine = { status: 'longSuspended', watcher: { post, personId } } as const
    expect(checkWatch(mine, (id) => id === personId).ok).toBe(true)
    expect(checkWatch(mine, nobody)).toMatchObject({ ok: false, refusal: { code: 'watcher-unknown' } })
  })
})
