import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { boardState, boardTitles, decideBoard } from '#domain/board/record.ts'
import { recorded } from '#tests/support/hazardStream.ts'

const event = z.object({ type: z.string(), v: z.number(), body: z.record(z.string(), z.unknown()) })
const golden = z.object({ given: z.array(event), event, state: z.record(z.string(), z.unknown()) })

const folder = new URL('../../../tests/golden/board/', import.meta.url)
const files = readdirSync(folder)

describe('every stored shape of the board, for ever', () => {
  it('there is one for each act', () => {
    expect(files).toHaveLength(Object.keys(boardTitles).length)
  })

  it.each(files)('%s folds to the same state', (name) => {
    const kept = golden.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    expect(boardState(recorded([...kept.given, kept.event]))).toEqual(kept.state)
  })
})

describe('acts on the board', () => {
  it('nothing is put up that was never printed', () => {
    const decided = decideBoard([], 'post', { on: '2023-08-03', where: '矿门', photos: [], hazards: [] })
    expect(decided.ok || decided.refusal.code).toBe('board-not-printed')
  })

  it('nothing is withdrawn that does not stand on the web', () => {
    const decided = decideBoard([], 'withdraw', { reason: '矿已移交' })
    expect(decided.ok || decided.refusal.code).toBe('board-not-published')
  })
})
