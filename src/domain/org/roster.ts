import type { Mine } from '#domain/org/mine.ts'
import type { Office } from '#domain/org/office.ts'
import { needsWatcher } from '#domain/org/watch.ts'

/** An office that nobody registered holds; said beside the list, it keeps nothing from being done (PRACTICE A3). */
export type Vacancy = { readonly office: Office; readonly clause: string }

type Holder = { readonly active: boolean; readonly offices?: readonly Office[] | undefined }

const keyPersons = '通知 四(二)7'

/** What somebody must answer for at a mine, by its status: where nobody works, watchers in place of safety officers. */
const asked = (status: Mine['status']): readonly Vacancy[] => [
  { office: 'legalRepresentative', clause: keyPersons },
  { office: 'actualController', clause: keyPersons },
  { office: 'principal', clause: '安全生产法 21' },
  needsWatcher(status)
    ? { office: 'watcher', clause: '通知 二' }
    : { office: 'safetyOfficer', clause: '安全生产法 24' },
]

export const vacancies = ({ status }: Pick<Mine, 'status'>, people: readonly Holder[]): readonly Vacancy[] =>
  asked(status).filter(
    ({ office }) => !people.some(({ active, offices }) => active && (offices ?? []).includes(office)),
  )
