import type { Step } from '#domain/hazard/steps.ts'
import { monthDay } from '#web/parts/words.ts'

const shapes = { done: '✓', next: '▸', open: '·', partial: '◐', notAsked: '–' } as const
const standings = { done: '已完成', next: '下一步', open: '未到', partial: '部分完成', notAsked: '不要求' } as const

const Mark = ({ step }: { step: Step }) => (
  <span className="step-mark" aria-hidden="true">
    {shapes[step.standing]}
  </span>
)

/** 发现→…→销号, the next step lit. Along a page downwards, in a list across. */
export const Strip = ({ steps, across = false }: { steps: readonly Step[]; across?: boolean }) => (
  <ol className={across ? 'strip strip-across' : 'strip'} aria-label="办理步骤">
    {steps.map((step) => (
      <li
        key={step.name}
        className={`step step-${step.standing}`}
        data-step={step.name}
        data-standing={step.standing}
        {...(step.standing === 'next' && { 'aria-current': 'step' as const })}
      >
        <Mark step={step} />
        <span className="step-title">{step.title}</span>
        <span className="off-screen">（{standings[step.standing]}）</span>
        {!across && (
          <span className="step-note soft">
            {[step.on && monthDay(step.on), step.note].filter(Boolean).join(' ')}
            {step.standing === 'notAsked' && '一般隐患不要求'}
          </span>
        )}
      </li>
    ))}
  </ol>
)
