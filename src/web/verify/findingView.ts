import { recordRows, sealedLabel } from '#domain/ledger/recordRows.ts'
import type { Bundle, Proven } from '#translog/bundle.ts'
import { type Explanation, firstHex, type ProvenExplanation, shanghaiTime } from '#translog/explain.ts'
import type { DisclosedField } from '#translog/leaf.ts'
import { element, stepList, termList } from '#web/verify/element.ts'
import type { Finding } from '#web/verify/findings.ts'
import { words } from '#web/verify/words.ts'

const marks = { passed: '✓', refused: '✗', unjudged: '？' } as const

const section = (title: string, ...children: readonly (Node | string | undefined)[]): HTMLElement =>
  element('section', {}, element('h3', {}, title), ...children)

const verdict = (said: Explanation, source: string): HTMLElement =>
  element(
    'header',
    {},
    element('p', { class: 'source' }, source),
    element('h2', {}, element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[said.tone]), said.verdict),
    element('p', { class: 'message' }, said.message),
  )

const rowsOf = (disclosed: readonly DisclosedField[]) =>
  recordRows(disclosed, words, (iso) => shanghaiTime(Date.parse(iso)))

const record = (heading: string, disclosed: readonly DisclosedField[], withheld: readonly string[]): HTMLElement =>
  section(
    heading,
    disclosed.length === 0 ? element('p', {}, '没有出示任何一项。') : termList(rowsOf(disclosed)),
    withheld.length === 0
      ? undefined
      : element('p', { class: 'soft' }, `没有出示（内容看不到，但同样锁定）：${withheld.map(sealedLabel).join('、')}`),
    element(
      'details',
      {},
      element('summary', {}, '原样数据'),
      element(
        'pre',
        {},
        JSON.stringify(Object.fromEntries(disclosed.map(({ name, value }) => [name, value])), null, 2),
      ),
    ),
  )

const facts = (said: Explanation): HTMLElement | undefined =>
  said.facts.length === 0 ? undefined : section('核对用的数字', termList(said.facts))

const steps = (said: Explanation): HTMLElement | undefined =>
  said.steps.length === 0 ? undefined : section('怎么办', stepList('ol', said.steps))

const limits = ({ proves, doesNotProve }: ProvenExplanation): readonly HTMLElement[] => [
  section('证明了什么', stepList('ul', proves)),
  section('不能证明什么', stepList('ul', doesNotProve)),
]

const leafLarge = ({ leafHash }: Proven): HTMLElement =>
  element(
    'p',
    { class: 'leaf' },
    element('span', {}, '存证编号前 8 位'),
    element('strong', {}, firstHex(leafHash)),
    element('span', {}, '与存证单、回执上的应当一样'),
  )

const claims = (claimed: Bundle): HTMLElement =>
  record(
    '文件自称的内容（没有通过核验，不能当真）',
    claimed.disclosure.disclosed,
    Object.keys(claimed.disclosure.withheld),
  )

const card = (tone: Explanation['tone'], ...children: readonly (Node | undefined)[]): HTMLElement =>
  element('article', { class: `finding ${tone}`, 'data-tone': tone }, ...children)

const waiting = (said: Pick<Explanation, 'verdict' | 'message'>, source: string): Explanation & { source: string } => ({
  tone: 'unjudged',
  facts: [],
  steps: [],
  source,
  ...said,
})

/** One thing that came in, as the page shows it. */
export const findingView = (finding: Finding): HTMLElement => {
  const { source } = finding
  switch (finding.kind) {
    case 'proven': {
      const { proven, said } = finding
      return card(
        said.tone,
        verdict(said, source),
        leafLarge(proven),
        record('记录写的是', proven.disclosed, proven.withheld),
        facts(said),
        ...limits(said),
      )
    }
    case 'head':
      return card(
        finding.said.tone,
        verdict(finding.said, source),
        facts(finding.said),
        steps(finding.said),
        ...limits(finding.said),
      )
    case 'fork':
      return card(finding.said.tone, verdict(finding.said, source), facts(finding.said), steps(finding.said))
    case 'refused':
      return card(
        finding.said.tone,
        verdict(finding.said, source),
        steps(finding.said),
        facts(finding.said),
        finding.claimed && claims(finding.claimed),
      )
    case 'parts': {
      const missing = finding.missing.map((number) => `第 ${number} 个`).join('、')
      const said = waiting(
        {
          verdict: `读到 ${finding.have} 个码，共 ${finding.of} 个`,
          message: `还缺${missing}。接着扫，或者再放一张照片。`,
        },
        source,
      )
      return card('unjudged', verdict(said, source))
    }
    case 'keysMissing': {
      const said = waiting(
        { verdict: '还没有公钥', message: '文件已经读到。在下面“公钥”一栏填入日志的公钥，马上核验。' },
        source,
      )
      return card('unjudged', verdict(said, source), finding.claimed && claims(finding.claimed))
    }
  }
}
