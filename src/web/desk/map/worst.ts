import type { WorstOpen } from '#contract/home.ts'
import { colour, risk } from '#web/parts/theme.ts'

/** Word, shape and colour together: the map reads without colour and in print. */
export const worst: Readonly<
  Record<WorstOpen, { readonly word: string; readonly shape: string; readonly ink: string }>
> = {
  major: { word: risk.major.word, shape: risk.major.shape, ink: risk.major.ink },
  suspected: { word: `疑似${risk.major.word}`, shape: '△', ink: risk.major.ink },
  general: { word: risk.general.word, shape: risk.general.shape, ink: risk.general.ink },
  unjudged: { word: '待判定', shape: '◇', ink: colour.inkSoft },
  none: { word: '没有未销号隐患', shape: '○', ink: colour.inkSoft },
}
