import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { putCompany, readCompany } from '#contract/org.ts'
import { type Company, company as companySchema } from '#domain/org/company.ts'
import { CompanyMines } from '#web/desk/mine/CompanyMines.tsx'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { RegistryHistory } from '#web/desk/shown/RegistryHistory.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

const asked = [
  { name: 'name', label: '企业名称', help: '营业执照上的全称' },
  { name: 'creditCode', label: '统一社会信用代码', help: '18 位；校验位不对会指出是哪一位' },
  { name: 'div', label: '行政区划代码', help: '登记地的代码，6 位或 9 位' },
  { name: 'address', label: '地址（可不填）', help: '' },
] as const

const labels = Object.fromEntries(asked.map(({ name, label }) => [name, label]))

type Props = {
  id: string
  initial: Partial<Company>
  version?: number | undefined
  verb: string
  onDone: () => void
  onCancel: () => void
}

const CompanyForm = ({ id, initial, version, verb, onDone, onCancel }: Props) => {
  const [commandId] = useState(newCommandId)
  const [values, setValues] = useState(initial)
  const { seen, takeLatest } = useSeenVersion(version)

  const send = async () => {
    const read = checked(companySchema, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')))
    if (!read.ok) return read.problem
    const answer = await api.call(putCompany, {
      params: { id },
      body: { commandId, ...(seen !== undefined && { expectedVersion: seen }), value: read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    onDone()
    return undefined
  }

  return (
    <Registration
      label={verb}
      verb={verb}
      dirty={values !== initial}
      send={send}
      cancel={onCancel}
      entry={{ labels, takeLatest }}
    >
      {(wrong) =>
        asked.map(({ name, label, help }) => (
          <Registered key={name} name={name} label={label} wrong={wrong} help={help}>
            <Input
              id={name}
              value={values[name] ?? ''}
              onChange={({ target }) => setValues({ ...values, [name]: target.value })}
            />
          </Registered>
        ))
      }
    </Registration>
  )
}

/** 企业 and 矿山 are two things: the credit code is the company's (PRACTICE A6). */
export const NewCompanyPage = () => {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const [initial] = useState<Partial<Company>>({})
  return (
    <Page title="登记企业" note="登记后接着登记它的矿山。">
      <div className="form-column">
        <CompanyForm
          id={id}
          initial={initial}
          verb="登记企业"
          onDone={() => void navigate({ to: '/mines/new', search: { companyId: id } })}
          onCancel={() => void navigate({ to: '/companies' })}
        />
      </div>
    </Page>
  )
}

const here = getRouteApi('/companies/$id')

export const CompanyPage = () => {
  const { id } = here.useParams()
  const navigate = useNavigate()
  const read = useAnswer(readCompany, { params: { id } })
  if (read.isError)
    return (
      <Page title="修改企业">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const back = () => void navigate({ to: '/companies' })
  return (
    <Page title={`修改：${read.data.name}`} note="改了什么、谁改的都留痕。">
      <div className="form-column">
        <CompanyForm
          key={id}
          id={id}
          initial={companySchema.parse(read.data)}
          version={read.data.version}
          verb="保存修改"
          onDone={back}
          onCancel={back}
        />
      </div>
      <div className="mine-page">
        <CompanyMines companyId={id} creditCode={read.data.creditCode} />
        <section aria-labelledby="company-history">
          <h2 id="company-history">变更记录</h2>
          <RegistryHistory tenantId={id} kind="company" id={id} />
        </section>
      </div>
    </Page>
  )
}
