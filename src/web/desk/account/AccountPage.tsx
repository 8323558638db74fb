import { getRouteApi } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { listAccounts } from '#contract/org.ts'
import { AccountForm } from '#web/desk/account/AccountForm.tsx'
import { CredentialsForm } from '#web/desk/account/CredentialsForm.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/accounts/$tenantId/$id')

/** One account: its posts and reach, and what it signs in with. A new one has an id made by the list's button. */
export const AccountPage = () => {
  const { tenantId, id: given } = here.useParams()
  const navigate = here.useNavigate()
  const id = given.replace(/^new-/, '')
  const listed = useAnswer(listAccounts, { query: { limit: 200 } })
  const account = listed.data?.items.find((one) => one.id === id)
  const title = account ? `账号：${account.tenantName}` : '开设账号'
  return (
    <Page title={title} note="先定岗位和管辖范围，再设账号名和密码。">
      {listed.isError && <QueryProblem error={listed.error} retry={() => listed.refetch()} />}
      {listed.isPending && <Skeleton active />}
      {listed.data && (
        <div className="form-column">
          <AccountForm
            key={`${id}${account?.version}`}
            id={id}
            tenantId={tenantId}
            account={account}
            accounts={listed.data.items}
            onDone={(home) => void navigate({ params: { tenantId: home, id }, replace: true })}
          />
          {account && <CredentialsForm tenantId={account.tenantId} id={id} />}
        </div>
      )}
    </Page>
  )
}
