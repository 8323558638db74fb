import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { listPeople, type personShown, readTenant } from '#contract/org.ts'
import { offices } from '#domain/org/office.ts'
import { TenantSelect } from '#web/desk/org/TenantSelect.tsx'
import { ErasureSheet } from '#web/desk/people/ErasureSheet.tsx'
import { PersonSheet } from '#web/desk/people/PersonSheet.tsx'
import { RevealSheet } from '#web/desk/people/RevealSheet.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { newId } from '#web/parts/commandId.ts'

const here = getRouteApi('/people')

export type Person = z.output<typeof personShown>

type RowProps = {
  person: Person
  mayOpen: boolean
  reveal?: (() => void) | undefined
  edit?: (() => void) | undefined
  erase?: (() => void) | undefined
}

const Private = ({ value, erased }: { value: string | undefined; erased: boolean | undefined }) =>
  value ?? <span className="soft">{erased ? '已删除' : '没有登记'}</span>

const Row = ({ person, mayOpen, reveal, edit, erase }: RowProps) => {
  const held = (person.offices ?? []).map((office) => offices[office]).join('、')
  return (
    <tr data-person={person.id}>
      <th scope="row" data-label="岗位">
        {person.post}
        {!person.active && <span className="soft">（已离岗）</span>}
        {held !== '' && held !== person.post && <span className="soft block">{held}</span>}
      </th>
      <td data-label="姓名">
        <Private value={person.name} erased={person.erased} />
      </td>
      <td data-label="手机">
        <Private value={person.phone} erased={person.erased} />
      </td>
      <td className="row-actions">
        {reveal && (
          <Button size="small" onClick={reveal} aria-label={`显示姓名手机：${person.post}`}>
            显示姓名手机
          </Button>
        )}
        {edit && (
          <Button size="small" type="text" onClick={edit} aria-label={`修改：${person.post}`}>
            修改
          </Button>
        )}
        {erase && (
          <Button size="small" type="text" onClick={erase} aria-label={`删除个人信息：${person.post}`}>
            删除个人信息
          </Button>
        )}
        {mayOpen && person.active && (
          <Link
            to="/accounts/$tenantId/$id"
            params={{ tenantId: person.tenantId, id: `new-${newId()}` }}
            search={{ personId: person.id }}
            aria-label={`开设账号：${person.post}`}
          >
            开设账号
          </Link>
        )}
      </td>
    </tr>
  )
}

export const PeoplePage = () => {
  const { session, side } = useStanding()
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const tenantId = search.tenantId ?? session.homeTenantId
  const read = useAnswer(listPeople, { params: { tenantId } })
  const [revealing, setRevealing] = useState<Person>()
  const [editing, setEditing] = useState<Person | 'new'>()
  const [erasing, setErasing] = useState<Person>()
  const mayPut = useMay('person.put')
  const mayReveal = useMay('person.reveal')
  const mayErase = useMay('person.erase')
  const mayOpen = useMay('account.put')
  const home = tenantId === session.homeTenantId
  const mayChoose = side !== 'mine'
  const mayNameUnits = useMay('tenant.read')
  const named = useAnswer(readTenant, { params: { tenantId } }, { enabled: mayChoose && mayNameUnits && !home })
  const unit = named.data

  return (
    <Page
      title="人员"
      note="按岗位登记。姓名、手机平时遮住，显示要写理由，记入留痕。"
      actions={
        mayPut && (
          <>
            <Link to="/imports" search={{ kind: 'people', ...(!home && { tenantId }) }} className="button-link">
              从表格导入
            </Link>
            <Button onClick={() => setEditing('new')}>登记人员</Button>
          </>
        )
      }
    >
      {mayChoose && (
        <search className="filters">
          <button
            type="button"
            className="chip"
            aria-pressed={home}
            onClick={() => void navigate({ search: {}, replace: true })}
          >
            {session.homeName || '本单位'}
          </button>
          <TenantSelect
            value={home ? undefined : tenantId}
            known={unit ? [unit] : []}
            placeholder="别的单位、矿山、企业"
            onChange={({ id }) => void navigate({ search: { tenantId: id }, replace: true })}
          />
        </search>
      )}
      {read.isError && <QueryProblem error={read.error} retry={() => read.refetch()} />}
      {read.isPending && <Skeleton active />}
      {read.data?.items.length === 0 && (
        <p className="empty">这个单位还没有登记人员；登记岗位后，五定和复查才有人可选。</p>
      )}
      {read.data && read.data.items.length > 0 && (
        <table className="records" aria-label="人员">
          <thead>
            <tr>
              <th scope="col">岗位</th>
              <th scope="col">姓名</th>
              <th scope="col">手机</th>
              <th scope="col">
                <span className="off-screen">办理</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {read.data.items.map((person) => (
              <Row
                key={person.id}
                person={person}
                mayOpen={mayOpen}
                reveal={mayReveal && (person.name || person.phone) ? () => setRevealing(person) : undefined}
                edit={mayPut && !person.erased ? () => setEditing(person) : undefined}
                erase={mayErase && !person.active && !person.erased ? () => setErasing(person) : undefined}
              />
            ))}
          </tbody>
        </table>
      )}
      {revealing && <RevealSheet person={revealing} close={() => setRevealing(undefined)} />}
      {erasing && <ErasureSheet person={erasing} close={() => setErasing(undefined)} />}
      {editing && (
        <PersonSheet
          tenantId={tenantId}
          person={editing === 'new' ? undefined : editing}
          ofMine={home ? side === 'mine' : unit?.kind === 'mine'}
          close={() => setEditing(undefined)}
        />
      )}
    </Page>
  )
}
