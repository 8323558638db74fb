import {
  type Bundle,
  type Policy,
  type Proven,
  type ProvenHead,
  readBundle,
  verifyBundle,
  verifyCheckpoint,
} from '#translog/bundle.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import {
  type Explanation,
  explainFault,
  explainFork,
  explainHead,
  explainProven,
  isFork,
  type ProvenExplanation,
} from '#translog/explain.ts'
import { joinQrParts, type QrPart, readQrPart } from '#translog/qrParts.ts'

/** A text that came in, and where from, in words (a file's name, 粘贴的文字, 二维码). */
export type Piece = { readonly source: string; readonly text: string }

/** What the page has to say of one thing that came in. */
export type Finding =
  | { readonly kind: 'proven'; readonly source: string; readonly proven: Proven; readonly said: ProvenExplanation }
  | { readonly kind: 'head'; readonly source: string; readonly head: ProvenHead; readonly said: ProvenExplanation }
  /** `claimed` is what the file says of itself, where it can be read at all. */
  | { readonly kind: 'refused'; readonly source: string; readonly said: Explanation; readonly claimed?: Bundle }
  | { readonly kind: 'fork'; readonly source: string; readonly said: Explanation }
  | {
      readonly kind: 'parts'
      readonly source: string
      readonly have: number
      readonly of: number
      readonly missing: readonly number[]
    }
  | { readonly kind: 'keysMissing'; readonly source: string; readonly claimed?: Bundle }

/** Pasted text has lost its line ends and what stood at its ends; files and codes are taken as they are. */
export const asPasted = (text: string): string => `${text.replace(/\r\n?/g, '\n').replace(/^[\s\ufeff]+|\s+$/g, '')}\n`

const receipt: Explanation = {
  tone: 'unjudged',
  verdict: '这是回执，不是存证文件',
  message: '回执是日志收到记录时签的字，说这条记录会写进日志。记录写进去以后（通常一两秒），才有存证文件。',
  facts: [],
  steps: ['到这条记录的页面下载存证文件，或者打印存证单，再来核验。'],
}

const damaged: Explanation = {
  tone: 'refused',
  verdict: '核验不通过',
  message: '几个二维码拼起来，与它们自己的校验码不符：有一个码被换过或者改过。',
  facts: [],
  steps: ['重新扫描原来的存证单；换一张打印清楚的。'],
}

const refused = (source: string, said: Explanation, claimed?: Bundle): Finding => ({
  kind: 'refused',
  source,
  said,
  ...(claimed && { claimed }),
})

const judgeCheckpoint = ({ source, text }: Piece, policy: Policy | undefined): Finding => {
  if (!policy) return { kind: 'keysMissing', source }
  const verdict = verifyCheckpoint(text, policy)
  if (!verdict.ok) return refused(source, explainFault(verdict.fault))
  return { kind: 'head', source, head: verdict.proven, said: explainHead(verdict.proven) }
}

const judgeBundle = ({ source, text }: Piece, policy: Policy | undefined): Finding => {
  const read = readBundle(text)
  if (!read.ok) return refused(source, explainFault(read.fault))
  if (!policy) return { kind: 'keysMissing', source, claimed: read.bundle }
  const verdict = verifyBundle(text, policy)
  if (!verdict.ok) return refused(source, explainFault(verdict.fault), read.bundle)
  return { kind: 'proven', source, proven: verdict.proven, said: explainProven(verdict.proven) }
}

const judgeText = (piece: Piece, policy: Policy | undefined): Finding => {
  if (piece.text.startsWith('bihuan/receipt/v1\n')) return refused(piece.source, receipt)
  return readCheckpoint(piece.text) ? judgeCheckpoint(piece, policy) : judgeBundle(piece, policy)
}

/** The parts of one text, however they came in. */
const judgeParts = (source: string, parts: readonly QrPart[], policy: Policy | undefined): Finding => {
  const joined = joinQrParts(parts)
  if (joined.ok) return judgeText({ source, text: joined.text }, policy)
  if (joined.problem !== 'missing') return refused(source, damaged)
  const { missing, of } = joined
  return { kind: 'parts', source, have: of - missing.length, of, missing }
}

/** Parts by the text that they are of, in the order in which the texts came in. */
const grouped = (pieces: readonly Piece[]): readonly (Piece | { source: string; parts: readonly QrPart[] })[] => {
  const groups = new Map<string, { source: string; parts: QrPart[] }>()
  const inOrder: (Piece | { source: string; parts: QrPart[] })[] = []
  for (const piece of pieces) {
    const part = readQrPart(piece.text)
    if (!part) {
      inOrder.push(piece)
      continue
    }
    const name = `${part.checksum}/${part.of}`
    const group = groups.get(name) ?? { source: piece.source, parts: [] }
    if (!groups.has(name)) inOrder.push(group)
    groups.set(name, group)
    group.parts.push(part)
  }
  return inOrder
}

const headOf = (finding: Finding): ProvenHead | undefined =>
  finding.kind === 'proven' ? finding.proven : finding.kind === 'head' ? finding.head : undefined

const forksAmong = (findings: readonly Finding[]): readonly Finding[] => {
  const heads = findings.flatMap((finding) => {
    const head = headOf(finding)
    return head ? [{ head, source: finding.source }] : []
  })
  return heads.flatMap((one, at) =>
    heads
      .slice(at + 1)
      .filter((other) => isFork(one.head, other.head))
      .map(
        (other): Finding => ({
          kind: 'fork',
          source: `${one.source}、${other.source}`,
          said: explainFork(one.head, other.head),
        }),
      ),
  )
}

/** Of all that came in, in order; a fork, which is seen only by holding two side by side, stands first. */
export const judge = (pieces: readonly Piece[], policy: Policy | undefined): readonly Finding[] => {
  const findings = grouped(pieces).map((one) =>
    'parts' in one ? judgeParts(one.source, one.parts, policy) : judgeText(one, policy),
  )
  return [...forksAmong(findings), ...findings]
}
