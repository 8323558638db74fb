import { useState } from 'react'
import type { ShownItem } from '#contract/selfCheck.ts'

const longerThanThreeLines = 60

/** The criterion's own text, always in view (PRACTICE A4): three lines, and the whole of it one tap away. */
export const CriterionText = ({ code, text }: NonNullable<ShownItem['criterion']>) => {
  const [whole, setWhole] = useState(false)
  const long = text.length > longerThanThreeLines
  return (
    <section className="criterion" aria-label="判定标准原文">
      <p className={long && !whole ? 'as-written clamped' : 'as-written'}>
        <strong>{code}</strong> {text}
      </p>
      {long && (
        <button type="button" className="text-button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? '收起' : '看全文'}
        </button>
      )}
    </section>
  )
}
