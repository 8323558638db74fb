import { z } from 'zod'

const key = 'bihuan.companies'
const company = z.object({ id: z.string(), name: z.string(), creditCode: z.string() })

export type RecentCompany = z.infer<typeof company>

/** Companies registered in this tab that have no mine yet: no list shows them before their first mine. */
export const recentCompanies = (): readonly RecentCompany[] => {
  try {
    return z.array(company).parse(JSON.parse(sessionStorage.getItem(key) ?? '[]'))
  } catch {
    return []
  }
}

export const rememberCompany = (one: RecentCompany): void =>
  sessionStorage.setItem(key, JSON.stringify([one, ...recentCompanies()]))
