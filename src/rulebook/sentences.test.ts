import { describe, expect, it } from 'vitest'
import { splitSentences } from './sentences.ts'

const texts = (text: string) => splitSentences(text).map((sentence) => sentence.text)

describe('a sentence of a notice', () => {
  it('ends at 。；！？ and takes the closing quotation mark with it', () => {
    expect(texts('建台账；要公示。“逐一销号。”完')).toEqual(['建台账；', '要公示。', '“逐一销号。”', '完'])
  })

  it('ends at a line break, as headings do', () => {
    expect(texts('一、总体要求\n\n抓好整改。')).toEqual(['一、总体要求', '抓好整改。'])
  })

  it('goes on where a line breaks inside a title', () => {
    expect(texts('根据《实施\n\n方案的通知》要求。')).toEqual(['根据《实施\n\n方案的通知》要求。'])
  })

  it('keeps its offsets into the text', () => {
    const text = ' 附件：\n\n（一）甲。 （二）乙。\n'
    for (const { start, end, text: sentence } of splitSentences(text)) expect(text.slice(start, end)).toBe(sentence)
    expect(texts(text)).toEqual(['附件：', '（一）甲。', '（二）乙。'])
  })
})
