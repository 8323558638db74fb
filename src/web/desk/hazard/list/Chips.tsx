import { getRouteApi } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { hazardFigures } from '#domain/hazard/figures.ts'
import { everyStatus, grades, statuses } from '#domain/hazard/status.ts'
import { MineSelect } from '#web/desk/mine/MineSelect.tsx'
import { useStanding } from '#web/desk/session/session.ts'

const here = getRouteApi('/hazards')

type ChipProps = { label: string; on: boolean; toggle: () => void }

const Chip = ({ label, on, toggle }: ChipProps) => (
  <button type="button" className="chip" aria-pressed={on} onClick={toggle}>
    {label}
  </button>
)

/** The filters stand in the address, so a filtered list can be sent to a colleague. */
export const Chips = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const { side } = useStanding()
  const set = (change: Partial<Record<keyof typeof search, unknown>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined))
    void navigate({ search: next, replace: true })
  }
  return (
    <search className="filters no-print">
      <Input.Search
        allowClear
        aria-label="按编号、部位或描述查找"
        placeholder="编号、部位、描述"
        defaultValue={search.search}
        onSearch={(text) => set({ search: text.trim() || undefined })}
      />
      {search.figure && (
        <Chip label={`${hazardFigures[search.figure]} ×`} on toggle={() => set({ figure: undefined })} />
      )}
      {Object.entries(grades).map(([grade, title]) => (
        <Chip
          key={grade}
          label={title}
          on={search.grade === grade}
          toggle={() => set({ grade: search.grade === grade ? undefined : grade })}
        />
      ))}
      <Chip
        label="未销号"
        on={search.open === true}
        toggle={() => set({ open: search.open === true ? undefined : true })}
      />
      <Chip
        label="逾期"
        on={search.overdue === true}
        toggle={() => set({ overdue: search.overdue === true ? undefined : true })}
      />
      <Select
        allowClear
        aria-label="状态"
        placeholder="状态"
        className="filter-select"
        value={search.status ?? null}
        options={everyStatus.map((status) => ({ value: status, label: statuses[status] }))}
        onChange={(status) => set({ status: status ?? undefined })}
      />
      {side !== 'mine' && <MineSelect value={search.mineId} onChange={(mineId) => set({ mineId })} />}
    </search>
  )
}
