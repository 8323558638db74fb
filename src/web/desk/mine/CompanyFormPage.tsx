import { useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { putCompany } from '#contract/org.ts'
import { company } from '#domain/org/company.ts'
import { rememberCompany } from '#web/desk/mine/recentCompanies.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

const asked = [
  { name: 'name', label: '企业名称', help: '营业执照上的全称' },
  { name: 'creditCode', label: '统一社会信用代码', help: '18 位；校验位不对会指出是哪一位' },
  { name: 'div', label: '行政区划代码', help: '登记地的代码，6 位' },
  { name: 'address', label: '地址（可不填）', help: '' },
] as const

const nothing: Readonly<Record<string, string>> = {}

/** 企业 and 矿山 are two things: the credit code is the company's (PRACTICE A6). */
export const CompanyFormPage = () => {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const [commandId] = useState(newCommandId)
  const [values, setValues] = useState(nothing)

  const send = async () => {
    const read = checked(company, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')))
    if (!read.ok) return read.problem
    const answer = await api.call(putCompany, { params: { id }, body: { commandId, value: read.value } })
    if (!answer.ok) return answer.problem
    rememberCompany({ id, name: read.value.name, creditCode: read.value.creditCode })
    void navigate({ to: '/mines/new' })
    return undefined
  }

  return (
    <Page title="登记企业" note="登记后接着登记它的矿山。">
      <div className="form-column">
        <Registration
          label="登记企业"
          verb="登记企业"
          dirty={values !== nothing}
          send={send}
          cancel={() => void navigate({ to: '/mines' })}
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
      </div>
    </Page>
  )
}
