import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { totalOfRegister } from '#contract/register.ts'
import type { FilterName } from '#domain/register/filter.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { columnsIn, filterIn, flagOf, orderIn, type RegisterAddress } from '#web/desk/register/address.ts'
import { ColumnChooser } from '#web/desk/register/ColumnChooser.tsx'
import { ExportMenu } from '#web/desk/register/ExportMenu.tsx'
import { Filters } from '#web/desk/register/Filters.tsx'
import { RegisterTable } from '#web/desk/register/RegisterTable.tsx'
import { RowPanel } from '#web/desk/register/RowPanel.tsx'
import { useRegister } from '#web/desk/register/useRegister.ts'
import { Views } from '#web/desk/register/Views.tsx'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'

const here = getRouteApi('/register')

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** `/` goes to the search field, as in every list of the desk that has one. */
const useSlash = () => {
  useEffect(() => {
    const toSearch = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      document.getElementById('register-search')?.focus()
    }
    document.addEventListener('keydown', toSearch)
    return () => document.removeEventListener('keydown', toSearch)
  }, [])
}

const without = (address: Record<string, unknown>): RegisterAddress =>
  Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined))

export const RegisterPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const mayOrder = useMay('hazard.order')
  const mayImport = useMay('hazard.imported')
  useSlash()
  const filter = filterIn(search)
  const ofMine = filter.mineId ? { mineId: filter.mineId } : {}
  const columns = columnsIn(search)
  const order = orderIn(search)
  const view = { columns: [...columns], filter, ...order }
  const pages = useRegister(view)
  const total = useAnswer(totalOfRegister, { query: filter }).data
  const [tenantId, id] = search.row?.split('/') ?? []
  const change = (next: Partial<RegisterAddress>) =>
    void navigate({ search: without({ ...search, ...next }), replace: true })
  const set = (next: { readonly [N in FilterName]?: string | undefined }) =>
    void navigate({ search: without({ ...search, ...next, row: undefined }), replace: true })
  return (
    <Page
      title="台账"
      note={<span className="wide-only">按方向键在格子里走，回车看一条，退出键关，/ 查找</span>}
      actions={
        <>
          <ColumnChooser columns={columns} onChange={(next) => change({ columns: next.join(',') })} />
          <ExportMenu view={view} />
          {mayImport && (
            <Link to="/imports" search={{ kind: 'hazards' }}>
              从原有台账转入
            </Link>
          )}
          <Link to="/hazards/numbers" search={ofMine}>
            其他系统编号
          </Link>
          {mayOrder && (
            <Link to="/hazards/order" search={ofMine}>
              一份文书责令几条
            </Link>
          )}
          <Link to="/hazards/report" search={ofMine} className="button-link">
            报告隐患
          </Link>
        </>
      }
    >
      <Views current={view} view={search.view} go={(address) => void navigate({ search: address })} />
      <Filters filter={filter} set={set} />
      <div className={id ? 'register-beside' : undefined}>
        <RegisterTable
          columns={columns}
          order={order}
          onOrder={({ sort, descending }) => change({ sort, descending: flagOf(descending) })}
          pages={pages}
          selected={id}
          onSelect={(row) => change({ row: row && `${row.tenantId}/${row.id}` })}
          total={total ? `${total.total}${total.totalIsExact ? ' 条' : '+ 条'}` : ''}
          filtered={Object.keys(filter).length > 0}
        />
        {tenantId && id && <RowPanel tenantId={tenantId} id={id} close={() => change({ row: undefined })} />}
      </div>
    </Page>
  )
}
