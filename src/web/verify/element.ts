type Child = Node | string | undefined | false

/** One element with attributes and children. Text is only ever set as text: what a file says never becomes markup. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  for (const child of children) if (child !== undefined && child !== false) made.append(child)
  return made
}

/** Puts children in the place of those that are there. */
export const fillWith = (parent: HTMLElement, ...children: readonly Child[]): void => {
  parent.textContent = ''
  for (const child of children) if (child !== undefined && child !== false) parent.append(child)
}

/** The element of the page with that id. */
export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

/** A label and its text, one under the other or side by side as the style says. */
export const termList = (rows: readonly { readonly label: string; readonly text: string }[]): HTMLElement =>
  element(
    'dl',
    { class: 'rows' },
    ...rows.map(({ label, text }) =>
      element('div', {}, element('dt', {}, label), element('dd', isHash(text) ? { class: 'hash' } : {}, text)),
    ),
  )

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

export const stepList = (tag: 'ol' | 'ul', lines: readonly string[]): HTMLElement | undefined =>
  lines.length === 0 ? undefined : element(tag, {}, ...lines.map((line) => element('li', {}, line)))
