import type { Grade } from '#domain/hazard/status.ts'
import { risk } from '#web/parts/theme.ts'

type Props = {
  grade: Grade | undefined
  /** Nobody has judged it yet: 疑似, for a hint is no verdict (PRACTICE A12). */
  suspected?: boolean
}

/** Word, shape and colour together: it reads without colour and in print. */
export const GradeMark = ({ grade, suspected = false }: Props) =>
  grade ? (
    <span className={`grade grade-${grade}`}>
      <span aria-hidden="true">{risk[grade].shape}</span>
      {suspected && '疑似'}
      {risk[grade].word}
    </span>
  ) : (
    <span className="grade soft">待判定</span>
  )
