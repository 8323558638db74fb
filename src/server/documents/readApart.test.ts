import { utils, write } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { readApart } from './readApart.ts'

const book = (rows: number): Uint8Array => {
  const sheet = utils.aoa_to_sheet(Array.from({ length: rows }, (_, at) => [`F${at}`, '同样的字', '同样的字', at]))
  return new Uint8Array(write(utils.book_new(sheet, '矿山'), { type: 'buffer', bookType: 'xlsx', compression: true }))
}

test('读得下的，和当场读一样', async () => {
  const read = await readApart(book(3))
  expect(read.ok && read.value[0]?.rows).toHaveLength(3)
})

test('展开后比给它的内存还大的，只是这一份读不下，程序照常', async () => {
  const small = book(60_000)
  const read = await readApart(small, 24)
  expect(read).toMatchObject({ ok: false, refusal: { code: 'workbook-tooLarge' } })
})
