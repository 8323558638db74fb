import type { Setting } from '#rulebook/setting.ts'

export const presenceSettingKey = 'duty.keyPersonPresenceDays'

/** Days a month a key person has to be at the mine: null where nobody has set any, and the page says so. */
export const requiredPresence = (
  settings: readonly Setting[],
): { readonly days: number | null; readonly why: string } => {
  const setting = settings.find(({ key }) => key === presenceSettingKey)
  if (setting?.kind !== 'days') throw new Error(`rulebook has no setting of days ${presenceSettingKey}`)
  return { days: setting.value, why: setting.why }
}
