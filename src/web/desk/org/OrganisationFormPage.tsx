import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { putOrganisation, readOrganisation } from '#contract/org.ts'
import { organisationKinds, organisation as organisationSchema } from '#domain/org/organisation.ts'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

type Values = { readonly kind?: string | undefined; readonly name: string; readonly div: string }

type Props = { id: string; initial: Values; version?: number | undefined; verb: string }

const labels = { kind: '类别', name: '名称', div: '行政区划代码' }

const kinds = Object.entries(organisationKinds).map(([value, label]) => ({ value, label }))

const OrganisationForm = ({ id, initial, version, verb }: Props) => {
  const navigate = useNavigate()
  const [values, setValues] = useState(initial)
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(version)
  const back = () => void navigate({ to: '/organisations' })
  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }))

  const send = async () => {
    const read = checked(organisationSchema, values)
    if (!read.ok) return read.problem
    const answer = await api.call(putOrganisation, {
      params: { id },
      body: { commandId, ...(seen !== undefined && { expectedVersion: seen }), value: read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    back()
    return undefined
  }

  return (
    <Registration
      label={verb}
      verb={verb}
      dirty={values !== initial}
      send={send}
      cancel={back}
      entry={{ labels, takeLatest }}
    >
      {(wrong) => (
        <>
          <Registered name="kind" label="类别" wrong={wrong}>
            <Select id="kind" value={values.kind} options={kinds} onChange={(kind) => set({ kind })} />
          </Registered>
          <Registered name="name" label="名称" help="例如 荫城镇应急站" wrong={wrong}>
            <Input id="name" value={values.name} onChange={({ target }) => set({ name: target.value })} />
          </Registered>
          <Registered
            name="div"
            label="行政区划代码"
            help="市 4 位，区县 6 位，乡镇 9 位；在您自己的管辖范围以内"
            wrong={wrong}
          >
            <Input
              id="div"
              inputMode="numeric"
              value={values.div}
              onChange={({ target }) => set({ div: target.value.trim() })}
            />
          </Registered>
        </>
      )}
    </Registration>
  )
}

export const NewOrganisationPage = () => {
  const [id] = useState(newId)
  const [initial] = useState<Values>({ name: '', div: '' })
  return (
    <Page title="登记单位" note="局、乡镇应急站、专家库；企业和矿山在“矿山”里登记。">
      <div className="form-column">
        <OrganisationForm id={id} initial={initial} verb="登记单位" />
      </div>
    </Page>
  )
}

const here = getRouteApi('/organisations/$id')

export const OrganisationPage = () => {
  const { id } = here.useParams()
  const read = useAnswer(readOrganisation, { params: { id } })
  if (read.isError)
    return (
      <Page title="修改单位">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  return (
    <Page title={`修改：${read.data.name}`} note="改了什么、谁改的都留痕。">
      <div className="form-column">
        <OrganisationForm
          key={id}
          id={id}
          initial={organisationSchema.parse(read.data)}
          version={read.data.version}
          verb="保存修改"
        />
      </div>
    </Page>
  )
}
