import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { calendarDate } from '#domain/calendarDate.ts'
import { readCursor, writeCursor } from './cursor.ts'

const key = z.tuple([calendarDate(), z.uuid()])
const id = '018f3f1e-0000-7000-8000-000000000001'

describe('the place in a list', () => {
  test('what was written is read back; no cursor is the first page', () => {
    expect(readCursor(writeCursor('2023-09-15', id), key)).toEqual({ ok: true, value: ['2023-09-15', id] })
    expect(readCursor(undefined, key)).toEqual({ ok: true, value: undefined })
  })

  test('a cursor has only letters that stand in an address unescaped', () => {
    expect(writeCursor('演示·云梯岭', '??>>')).toMatch(/^[\w-]+$/)
  })

  test.each([
    ['no JSON', 'zzz'],
    ['cut', writeCursor('2023-09-15', id).slice(0, -8)],
    ['another list', writeCursor('T01', id)],
    ['too short', writeCursor('2023-09-15')],
    ['too long', writeCursor('2023-09-15', id, id)],
    ['no key but an object', Buffer.from('{"0":"2023-09-15"}').toString('base64url')],
    ['a text no database can hold', writeCursor('2023-09-15', `${id.slice(0, -1)}\u0000`)],
  ])('%s: refused with the way back', (_, cursor) => {
    expect(readCursor(cursor, key)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-input', remedy: '回到第一页重新翻' },
    })
  })
})
