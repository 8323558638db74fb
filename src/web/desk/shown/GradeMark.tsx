import type { Grade } from '#domain/hazard/status.ts'
import { risk } from '#web/parts/theme.ts'

/** Word, shape and colour together: it reads without colour and in print. */
export const GradeMark = ({ grade }: { grade: Grade | undefined }) =>
  grade ? (
    <span className={`grade grade-${grade}`}>
      <span aria-hidden="true">{risk[grade].shape}</span>
      {risk[grade].word}
    </span>
  ) : (
    <span className="grade soft">待判定</span>
  )
