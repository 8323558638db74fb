import type { Locator, Page } from 'playwright-core'
import type { photo } from '#tests/browser/support/pictures.ts'

export type Picture = Awaited<ReturnType<typeof photo>>
/** A word for a line, a choice, a day or a post; several for people; a picture for a file. */
export type Entry = string | readonly string[] | Picture
export type Entries = Readonly<Record<string, Entry>>

const isWords = (entry: Entry): entry is readonly string[] => Array.isArray(entry)
const isPicture = (entry: Entry): entry is Picture => typeof entry === 'object' && 'buffer' in entry

/** As a person does it: type until the list shows the one meant, Enter takes it. */
const pick = async (combobox: Locator, word: string): Promise<void> => {
  await combobox.click()
  await combobox.fill(word)
  await combobox.press('Enter')
}

const enter = async (form: Locator, name: string, entry: Entry): Promise<void> => {
  const field = form.locator(`[data-field="${name}"]`)
  await field.waitFor()
  if (isPicture(entry)) {
    await field.locator('input[type="file"]').setInputFiles(entry)
    return field.getByRole('button', { name: `去掉 ${entry.name}` }).waitFor()
  }
  if (name.endsWith('riteria')) {
    for (const code of isWords(entry) ? entry : [entry]) await field.locator(`[data-criterion="${code}"]`).check()
    return
  }
  if ((await field.getByRole('combobox').count()) > 0) {
    for (const word of isWords(entry) ? entry : [entry]) await pick(field.getByRole('combobox'), word)
    return
  }
  if (isWords(entry)) throw new Error(`${name} takes one entry`)
  if ((await field.getByRole('radio').count()) > 0)
    return field.getByRole('radio', { name: entry, exact: true }).check()
  const input = field.locator('textarea:visible, input:visible').first()
  await input.fill(entry)
  // A calendar takes the day that was typed with Enter; in a line Enter does nothing.
  if (/^\d{4}-\d{2}-\d{2}$/.test(entry)) await input.press('Enter')
}

export const fill = async (form: Locator, entries: Entries): Promise<void> => {
  for (const [name, entry] of Object.entries(entries)) await enter(form, name, entry)
}

export const formOf = (page: Page): Locator => page.getByRole('dialog').locator('form')

const actsOf = (page: Page): Locator => page.getByRole('region', { name: '办理' })

export const actButton = (page: Page, act: string): Locator => actsOf(page).locator(`[data-act="${act}"]`)

/** Opens an act on the hazard page and leaves its form open. */
export const open = async (page: Page, act: string): Promise<Locator> => {
  await actButton(page, act).click()
  const form = formOf(page)
  await form.waitFor()
  return form
}

export const send = async (form: Locator, act: string): Promise<void> => {
  await form.locator(`button[data-act="${act}"]`).click()
}

/** From the button to the closed sheet: one act, done as a person does it. */
export const perform = async (page: Page, act: string, entries: Entries = {}): Promise<void> => {
  const form = await open(page, act)
  await fill(form, entries)
  await send(form, act)
  await page.locator(`[data-event="${act}"]`).first().waitFor()
  await form.waitFor({ state: 'detached' })
}
