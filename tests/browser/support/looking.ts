import type { Page } from 'playwright-core'
import { demoAccounts } from '#demo/accounts.ts'
import { quiet } from '#tests/browser/support/quiet.ts'
import { colour } from '#web/parts/theme.ts'

/** What the browser complains of while a page is open; a first visit may be told that nobody is signed in. */
export const complaintsOf = (page: Page): string[] => {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (/status of 401/.test(message.text()) && message.location().url.endsWith('/api/session')) return
    heard.push(`${message.text()} ${message.location().url}`)
  })
  return heard
}

/** Codes, units and proper names that are written in letters in the field's own documents. */
const written = [
  /\b[A-Z]{2,3}-\d+(-\d+)?/g,
  /\b[A-Z]\d{2}(-\d{4}-\d+)?/g,
  /\bK\d+/g,
  /\b[0-9A-F]*DEM[0-9A-Z]*/g,
  /[0-9a-f]{8}…[0-9a-f]{6}/g,
  /\bGNSS\b|\bCGCS2000\b/g,
  /\.(xlsx|xls|csv)\b/g,
  /\b\d*[,.]?\d*\s?(mm|cm|km|m|t|h|min|kB|MB)(?![A-Za-z])/g,
  /\bGB\s?\d+|\bAQ\/T\s?\d+/g,
]

const logins = demoAccounts.map(({ login }) => login).sort((a, b) => b.length - a.length)

/**
 * Words in Latin letters that a user can read on the page: text, placeholders, pictures' words; login names are names, and
 * what stands as code (a key, a hash, a name of a format) is meant to the letter.
 */
export const foreignWords = async (page: Page): Promise<readonly string[]> => {
  const shown = await page.evaluate(() => {
    const attributes = [...document.querySelectorAll('[placeholder], [title]:not(code), img[alt]')].flatMap((element) =>
      ['placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    )
    const literal = [...document.querySelectorAll('code')].map((element) => element.innerText)
    const text = literal.reduce((rest, one) => rest.replace(one, ' '), document.body.innerText)
    return [text, ...attributes].join('\n')
  })
  const anonymous = logins.reduce((text, login) => text.replaceAll(login, ' '), shown)
  const rest = written.reduce((text, pattern) => text.replace(pattern, ' '), anonymous)
  return [...new Set(rest.match(/[A-Za-z]{2,}/g) ?? [])]
}

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)).join(', ')})`

/** Buttons that stand out by the accent: on a hazard the next lawful act alone may. */
export const primaryButtons = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    (accent) =>
      [...document.querySelectorAll<HTMLElement>('main button, main a')]
        .filter((element) => element.offsetParent !== null && getComputedStyle(element).backgroundColor === accent)
        .map((element) => element.innerText.trim()),
    rgb(colour.accent),
  )

/** How far the page is wider than its window, and what stands out of it. */
export const overflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { documentElement: root } = document
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    )
    return wide.slice(-3).map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`)
  })

export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await quiet(page)
}
