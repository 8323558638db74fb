import type { Step } from '#domain/hazard/steps.ts'
import { monthDay } from '#web/parts/words.ts'

const marks = { done: '✓', next: '▶', partial: '◐', open: '○', notAsked: '–' } as const
const words = { done: '已完成', next: '下一步', partial: '部分完成', open: '未做', notAsked: '不要求' } as const

/** 发现→…→销号, small: a mark, the word, the day. */
export const StepStrip = ({ steps }: { readonly steps: readonly Step[] }) => (
  <ol className="steps" aria-label="步骤">
    {steps.map(({ name, title, standing, on, note }) => (
      <li key={name} className={`step step-${standing}`} aria-current={standing === 'next' ? 'step' : undefined}>
        <span className="step-mark" aria-hidden="true">
          {marks[standing]}
        </span>
        <span>{title}</span>
        <span className="unseen">{words[standing]}</span>
        <small>{note ?? (on && monthDay(on))}</small>
      </li>
    ))}
  </ol>
)
