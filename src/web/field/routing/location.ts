import { useSyncExternalStore } from 'react'

/** The phone entry lives under /m; below it every screen has its address, so Back and reload work. */
const prefix = '/m'

const moved = new EventTarget()

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('popstate', changed)
  moved.addEventListener('moved', changed)
  return () => {
    window.removeEventListener('popstate', changed)
    moved.removeEventListener('moved', changed)
  }
}

const read = (): string => {
  const { pathname } = window.location
  const path = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : '/'
  return path.length > 1 ? path.replace(/\/$/, '') : path
}

export const usePath = (): string => useSyncExternalStore(subscribe, read)

export const hrefOf = (path: string): string => prefix + path

export const go = (path: string, { replace = false }: { replace?: boolean } = {}): void => {
  if (replace) window.history.replaceState(null, '', hrefOf(path))
  else window.history.pushState(null, '', hrefOf(path))
  moved.dispatchEvent(new Event('moved'))
  window.scrollTo(0, 0)
}

export const back = (): void => {
  if (window.history.length > 1) window.history.back()
  else go('/', { replace: true })
}

/** `/hazard/:tenantId/:id` against a path: the named parts, or undefined. */
export const match = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const parts: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) parts[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return parts
}
