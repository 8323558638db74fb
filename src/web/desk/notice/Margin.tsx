import type { NoticeShown } from '#contract/notice.ts'
import type { Span } from '#web/desk/notice/pieces.ts'

type Obligation = NoticeShown['obligations'][number]

const rows = (one: Obligation): readonly (readonly [string, string | undefined])[] => [
  ['谁', one.actor],
  ['做什么', one.action],
  ['频次', one.rhythm],
  ['期限', one.deadline],
  ['佐证', one.evidence],
  ['不做的后果', one.consequence],
  ['把握', one.confidence],
  ['出处', one.clause],
]

const Duty = ({ obligation }: { obligation: Obligation }) => (
  <section data-obligation={obligation.id}>
    <h3>{obligation.title}</h3>
    <dl className="facts">
      {rows(obligation).map(([label, text]) =>
        text ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  </section>
)

const Phase = ({ phase }: { phase: NoticeShown['phases'][number] }) => (
  <section>
    <h3>
      阶段：{phase.title}
      {phase.current && '（现在）'}
    </h3>
    <p>{phase.from ? `${phase.from} 至 ${phase.to}` : `${phase.to} 前`}</p>
    {phase.outputs.length > 0 && (
      <>
        <p>应当拿出：</p>
        <ul>
          {phase.outputs.map((output) => (
            <li key={output}>{output}</li>
          ))}
        </ul>
      </>
    )}
  </section>
)

/** What the chosen sentence asks, of whom, how often, until when. */
export const Margin = ({ notice, span }: { notice: NoticeShown; span: Span | undefined }) => {
  if (!span) return <p className="soft">点一句带下划线的话，这里写明它要谁在什么时候做什么、拿什么作证。</p>
  if (span.reading === 'noDuty')
    return (
      <section>
        <h3>这一段没有义务</h3>
        <p>{span.reason}</p>
      </section>
    )
  const named = (kind: Span['by'][number]['kind']) =>
    new Set(span.by.filter((one) => one.kind === kind).map(({ id }) => id))
  const duties = named('obligation')
  const phases = named('phase')
  const criteria = [...named('criterion')]
  return (
    <>
      {notice.obligations
        .filter(({ id }) => duties.has(id))
        .map((obligation) => (
          <Duty key={obligation.id} obligation={obligation} />
        ))}
      {notice.phases
        .filter(({ id }) => phases.has(id))
        .map((phase) => (
          <Phase key={phase.id} phase={phase} />
        ))}
      {criteria.length > 0 && (
        <section>
          <h3>判定标准 {criteria.join('、')}</h3>
          <p>报告和判定隐患时可以直接选用。</p>
        </section>
      )}
    </>
  )
}
