import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { typeset } from '#server/documents/typeset.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { readPlan } from './readPlan.ts'

const sentence = '本矿对照标准逐项排查。'
const long = sentence.repeat(10)

const docx = (body: string): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ),
  })
const paragraph = (...runs: string[]): string => `<w:p>${runs.map((run) => `<w:r>${run}</w:r>`).join('')}</w:p>`

const blankPage = strToU8(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
  ].join('\n'),
)

/** Of which no password is known: what is said of owner and user fits none. */
const lockedPage = strToU8(
  Buffer.from(blankPage)
    .toString('latin1')
    .replace(
      'trailer<</Root 1 0 R>>',
      `trailer<</Root 1 0 R/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>>>>`,
    ),
)

const photo = await jpegPhoto()

const refusalOf = async (bytes: Uint8Array): Promise<string> => {
  const read = await readPlan(bytes)
  return read.ok ? 'read' : read.refusal.code
}

describe('the text of a plan', () => {
  it('is read from .docx paragraph by paragraph, runs joined, without what was struck out', async () => {
    const body = [
      paragraph(`<w:t>${long}</w:t>`, '<w:t xml:space="preserve">投入 </w:t>', '<w:t>&lt;三万元&gt;</w:t>'),
      paragraph('<w:delText>删去的话</w:delText>', '<w:t>第二段</w:t>'),
    ].join('')
    expect(await readPlan(docx(body))).toEqual({ ok: true, value: `${long}投入 <三万元>\n第二段\n` })
  })

  it('is read from a .pdf with its Chinese', async () => {
    const { pdf } = await typeset({
      template: 'inspectionFolder.typ',
      data: {
        title: '专项行动方案',
        mine: '一号矿',
        company: '某公司',
        on: '2023-05-20',
        cover: [['截至', '2023-05-20']],
        leftOut: [],
        sections: [{ level: 1, title: '一、总体要求', blocks: [{ kind: 'paragraph', text: long }] }],
      },
      images: [],
      at: new Date('2023-05-20T01:00:00Z'),
    })
    const read = await readPlan(pdf)
    expect(read.ok && read.value.replaceAll(/\s/g, '')).toContain(long)
  })

  it('is read from text in UTF-8, UTF-16 and GB18030', async () => {
    const gb = Buffer.from('b1bebff3b6d4d5d5b1ead7bcd6f0cfeec5c5b2e9a1a3'.repeat(10), 'hex')
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(long, 'utf16le')])
    for (const bytes of [strToU8(long), gb, utf16]) expect(await readPlan(bytes)).toEqual({ ok: true, value: long })
  })
})

describe('no text is guessed', () => {
  it('a scanned .pdf is told and kept as evidence only', async () => {
    const read = await readPlan(blankPage)
    expect(read).toMatchObject({ ok: false, refusal: { code: 'plan-without-text' } })
    expect(!read.ok && read.refusal.remedy).toContain('佐证')
  })

  it.each([
    ['an old .doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'plan-old-word'],
    ['a .docx cut in half', docx(paragraph(`<w:t>${long}</w:t>`)).slice(0, 300), 'plan-damaged'],
    ['an archive that is no document', zipSync({ 'a.txt': strToU8(long) }), 'plan-damaged'],
    ['a .docx with broken XML', docx('<w:p><w:t>没有关上'), 'plan-damaged'],
    ['a .pdf of which nothing is left', strToU8('%PDF-1.7\nnothing'), 'plan-damaged'],
    ['a .pdf with a password', lockedPage, 'plan-locked'],
    ['a photo', photo, 'plan-other-kind'],
    ['an empty file', new Uint8Array(), 'plan-without-text'],
    ['bytes of no encoding', Uint8Array.from({ length: 400 }, (_, at) => (at * 151 + 128) % 256), 'plan-not-text'],
  ])('%s is refused as what it is', async (_, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code)
  })
})
