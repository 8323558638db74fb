import { hazardFigures } from '#domain/hazard/figures.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import { grades, statuses } from '#domain/hazard/status.ts'
import { foundByTitles, stopTitles } from '#domain/register/columns.ts'
import { type FilterName, filterTitles, type RegisterFilter } from '#domain/register/filter.ts'

export const listedTitles = { standing: '正在挂牌', ended: '已摘牌', ever: '挂过牌', never: '没有挂牌' } as const
export const stopChoices = { any: '有停产', ...stopTitles } as const
export const judgedTitles = { major: '判定为重大', general: '判定为一般', none: '尚未判定' } as const

/** Names of units by their ids, as far as the page knows them. */
export type UnitNames = ReadonlyMap<string, string>

const of = (titles: Readonly<Record<string, string>>, value: string): string => titles[value] ?? value

/** What a chip says. */
export const chipWords = (name: FilterName, filter: RegisterFilter, units: UnitNames): string => {
  const value = filter[name] ?? ''
  switch (name) {
    case 'mineId':
    case 'companyId':
    case 'division':
      return units.get(value) ?? filterTitles[name]
    case 'status':
      return of(statuses, value)
    case 'grade':
      return of(grades, value)
    case 'source':
      return of(sourceTitles, value)
    case 'foundBy':
      return of(foundByTitles, value)
    case 'listed':
      return of(listedTitles, value)
    case 'stop':
      return of(stopChoices, value)
    case 'judged':
      return of(judgedTitles, value)
    case 'figure':
      return of(hazardFigures, value)
    case 'open':
      return value === 'true' ? '未办结' : '已办结'
    case 'overdue':
    case 'imported':
    case 'reportedByMe':
    case 'counted':
      return value === 'true' ? filterTitles[name] : `不是${filterTitles[name]}`
    case 'search':
      return `“${value}”`
    default:
      return `${filterTitles[name]} ${value}`
  }
}
