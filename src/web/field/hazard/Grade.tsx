import type { Grade as GradeName } from '#domain/hazard/status.ts'
import { risk } from '#web/parts/theme.ts'

/** Grade as word and shape; the colour only repeats them (it reads in print and without colour). */
export const Grade = ({ grade }: { readonly grade: GradeName | undefined }) =>
  grade ? (
    <span className={`grade grade-${grade}`}>
      {risk[grade].shape} {risk[grade].word}
    </span>
  ) : (
    <span className="soft">未判定</span>
  )
