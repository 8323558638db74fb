import { describe, expect, test } from 'vitest'
import { altered, evidence } from '#tests/support/evidence.ts'
import { splitForQr } from '#translog/qrParts.ts'
import { asPasted, judge } from '#web/verify/findings.ts'

const { bundle, checkpoint, policy, leafHash } = evidence()
const piece = (text: string, source = '文件') => ({ source, text })
const kinds = (...texts: readonly string[]) =>
  judge(
    texts.map((text) => piece(text)),
    policy,
  ).map(({ kind }) => kind)

describe('what comes in at the verifier’s page', () => {
  test('is judged each for itself, in order', () => {
    const wrong = altered(bundle, 'index 613', 'index 612')
    expect(kinds(bundle, wrong, checkpoint, '购物清单')).toEqual(['proven', 'refused', 'head', 'refused'])
  })

  test('as codes is put together, however the codes of two texts are mixed', () => {
    const [one, other] = [splitForQr(bundle), splitForQr(evidence({ size: 900 }).bundle)]
    const mixed = [...one.slice(0, 2), ...[...other].reverse(), ...one.slice(2)]
    expect(kinds(...mixed)).toEqual(['proven', 'proven'])
    const [found] = judge(
      mixed.map((text) => piece(text)),
      policy,
    )
    expect(found?.kind === 'proven' && found.proven.leafHash).toBe(leafHash)
  })

  test('as some of the codes waits for the others', () => {
    const parts = splitForQr(bundle)
    expect(judge([piece(parts[1] ?? '', '二维码')], policy)).toEqual([
      { kind: 'parts', source: '二维码', have: 1, of: parts.length, missing: [1, 3, 4].slice(0, parts.length - 1) },
    ])
  })

  test('as a code that was altered is refused', () => {
    const parts = splitForQr(bundle).map((part, at) => (at === 0 ? altered(part, /.$/, '~') : part))
    expect(
      judge(
        parts.map((text) => piece(text)),
        policy,
      ),
    ).toMatchObject([{ kind: 'refused', said: { tone: 'refused' } }])
  })

  test('as two checkpoints of one size with two roots is a fork, whether alone or inside evidence files', () => {
    const fork = evidence({ fork: 'x' })
    for (const other of [fork.checkpoint, fork.bundle]) {
      const [first, ...rest] = judge([piece(bundle, '甲'), piece(other, '乙')], policy)
      expect(first).toMatchObject({ kind: 'fork', source: '甲、乙' })
      expect(rest).toHaveLength(2)
    }
    expect(kinds(bundle, checkpoint)).toEqual(['proven', 'head'])
  })

  test('while there are no keys is read and not judged', () => {
    const [first, second] = judge([piece(bundle), piece(checkpoint)], undefined)
    expect(first).toMatchObject({ kind: 'keysMissing', claimed: { index: 613 } })
    expect(second).toEqual({ kind: 'keysMissing', source: '文件' })
  })

  test('as a receipt is told from evidence', () => {
    expect(judge([piece('bihuan/receipt/v1\nbihuan.example\n')], policy)).toMatchObject([
      { kind: 'refused', said: { verdict: '这是回执，不是存证文件' } },
    ])
  })

  test('by way of the clipboard is mended at its line ends, and nowhere else', () => {
    expect(asPasted(`\ufeff \r\n${bundle.replaceAll('\n', '\r\n')}\r\n\r\n`)).toBe(bundle)
    expect(asPasted(bundle)).toBe(bundle)
    expect(kinds(asPasted(altered(bundle, 'index 613', 'index  613')))).toEqual(['refused'])
  })
})
