import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { shownText } from '#domain/importing/cell.ts'
import { readWorkbook } from './readWorkbook.ts'

const rows = [
  ['编号', '名称', '发现日期', '金额', '有', '坏'],
  ['F01', '青石岭', 45_138, 12_300.5, true, null],
  ['00123', '黑石沟', '2023年8月1日', 0, false, null],
]

const made = (bookType: 'xlsx' | 'xls' | 'biff8', date1904 = false): Uint8Array => {
  const sheet = utils.aoa_to_sheet(rows)
  sheet.C2 = { t: 'n', v: date1904 ? 45_138 - 1_462 : 45_138, z: 'yyyy-mm-dd' }
  sheet.F2 = { t: 'e', v: 23 }
  const book = utils.book_new(sheet, '矿山')
  if (date1904) book.Workbook = { WBProps: { date1904: true } }
  return new Uint8Array(write(book, { type: 'buffer', bookType }))
}

const read = async (bytes: Uint8Array) => {
  const outcome = await readWorkbook(bytes)
  if (!outcome.ok) return `${outcome.refusal.message}；${outcome.refusal.remedy}`
  return outcome.value.map(({ name, rows: all }) => ({ name, rows: all.map((row) => row.map(shownText)) }))
}

const expected = [
  {
    name: '矿山',
    rows: [
      ['编号', '名称', '发现日期', '金额', '有', '坏'],
      ['F01', '青石岭', '2023-07-31', '12300.5', '是', '#REF!'],
      ['00123', '黑石沟', '2023年8月1日', '0', '否', ''],
    ],
  },
]

describe('表格文件', () => {
  test('.xlsx、老的 .xls、1904 年起算的，读出来一样；日期是日期，公式错误照原样', async () => {
    expect(await read(made('xlsx'))).toEqual(expected)
    expect(await read(made('biff8'))).toEqual(expected)
    expect(await read(made('xlsx', true))).toEqual(expected)
  })

  test('用逗号分隔的文字，UTF-8 和 GBK 都读得出来，编号前面的零还在', async () => {
    const text = '编号,名称\r\n00123,"黑石沟,二采区"\r\n'
    const wanted = [
      {
        name: 'Sheet1',
        rows: [
          ['编号', '名称'],
          ['00123', '黑石沟,二采区'],
        ],
      },
    ]
    expect(await read(Buffer.from(`\ufeff${text}`))).toEqual(wanted)
    expect(await read(Buffer.from(text))).toEqual(wanted)
    // 编号,名称 / 00123,黑石沟 in GBK.
    const gbk = Buffer.from('b1e0bac52cc3fbb3c60d0a30303132332cbadacaafb9b50d0a', 'hex')
    expect(await read(gbk)).toEqual([
      {
        name: 'Sheet1',
        rows: [
          ['编号', '名称'],
          ['00123', '黑石沟'],
        ],
      },
    ])
  })

  test('叫 .xls 其实是网页的，也读得出来', async () => {
    const page =
      '<html><meta charset="utf-8"><table><tr><td>编号</td><td>名称</td></tr><tr><td>F01</td><td>青石岭</td></tr></table></html>'
    expect(await read(Buffer.from(page))).toEqual([
      {
        name: 'Sheet1',
        rows: [
          ['编号', '名称'],
          ['F01', '青石岭'],
        ],
      },
    ])
  })

  test.each([
    ['空文件', Buffer.alloc(0), '没有内容'],
    ['Word 文档', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from('word/document.xml')]), 'Word'],
    [
      '有密码的',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      '密码',
    ],
    ['坏了的', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from('xl/workbook.xml')]), '损坏'],
    ['图片', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), '看不出'],
    ['不知什么编码', Buffer.from('b1e0bac52cff80ff80ff', 'hex'), '乱码'],
  ])('%s：说出原因和办法', async (_, bytes, said) => {
    expect(await read(bytes)).toContain(said)
  })
})
