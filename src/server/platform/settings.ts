import type { Rulebook } from '#rulebook/rulebook.ts'

/** A number of days that neither the notice nor a law settles: from the rulebook's settings, never a constant in code. */
export const daysSetting = (rulebook: Pick<Rulebook, 'settings'>, key: string): number => {
  const setting = rulebook.settings.find((one) => one.key === key)
  if (setting?.kind !== 'days' || setting.value === null) throw new Error(`rulebook has no setting of days ${key}`)
  return setting.value
}
