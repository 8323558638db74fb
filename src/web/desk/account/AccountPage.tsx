import { getRouteApi } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { readAccount, readTenant } from '#contract/org.ts'
import { AccountForm, usualGrant } from '#web/desk/account/AccountForm.tsx'
import { CredentialsForm } from '#web/desk/account/CredentialsForm.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/accounts/$tenantId/$id')

/** A new account has an id made by the list's button, marked so that nobody asks the server for it. */
const NewAccount = ({ tenantId, id }: { tenantId: string; id: string }) => {
  const { personId } = here.useSearch()
  const navigate = here.useNavigate()
  const read = useAnswer(readTenant, { params: { tenantId } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  if (!read.data) return <Skeleton active />
  return (
    <AccountForm
      id={id}
      home={read.data}
      usual={[usualGrant(read.data)]}
      account={undefined}
      personId={personId}
      onDone={(home) => void navigate({ params: { tenantId: home, id }, search: {}, replace: true })}
    />
  )
}

const StandingAccount = ({ tenantId, id }: { tenantId: string; id: string }) => {
  const [saves, setSaves] = useState(0)
  const read = useAnswer(readAccount, { params: { tenantId, id } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  if (!read.data) return <Skeleton active />
  const account = read.data
  return (
    <>
      <CredentialsForm key={account.login} tenantId={tenantId} id={id} login={account.login} />
      <h2>岗位和管辖范围</h2>
      <AccountForm
        // Begun anew after each saving, and only then: what is being typed outlives a read behind the form.
        key={saves}
        id={id}
        home={{ id: tenantId, name: account.tenantName }}
        usual={account.grants}
        account={account}
        onDone={() => setSaves(saves + 1)}
      />
    </>
  )
}

/** One account: its posts and reach, and what it signs in with. */
export const AccountPage = () => {
  const { tenantId, id: given } = here.useParams()
  const isNew = given.startsWith('new-')
  const id = given.replace(/^new-/, '')
  return (
    <Page title={isNew ? '开设账号' : '账号'} note="先定岗位和管辖范围，再设账号名和密码。">
      <div className="form-column">
        {isNew ? <NewAccount tenantId={tenantId} id={id} /> : <StandingAccount key={id} tenantId={tenantId} id={id} />}
      </div>
    </Page>
  )
}
