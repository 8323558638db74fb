import type { Rulebook } from '#rulebook/rulebook.ts'

/** Words that the bureau chooses: a telephone number, a title. */
export const wordsSetting = (rulebook: Pick<Rulebook, 'settings'>, key: string): string => {
  const setting = rulebook.settings.find((one) => one.key === key)
  if (setting?.kind !== 'words') throw new Error(`rulebook has no setting of words ${key}`)
  return setting.value
}

/** A number of days that neither the notice nor a law settles: from the rulebook's settings, never a constant in code. */
export const daysSetting = (rulebook: Pick<Rulebook, 'settings'>, key: string): number => {
  const setting = rulebook.settings.find((one) => one.key === key)
  if (setting?.kind !== 'days' || setting.value === null) throw new Error(`rulebook has no setting of days ${key}`)
  return setting.value
}
