import { getRouteApi } from '@tanstack/react-router'
import { Form } from 'antd'
import { useState } from 'react'
import { readMine } from '#contract/org.ts'
import { type Side, sideOf } from '#domain/access/role.ts'
import { foundBy, reportedSources } from '#domain/hazard/source.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { ActForm } from '#web/desk/act/ActForm.tsx'
import type { Values } from '#web/desk/act/shape.ts'
import { MineSelect } from '#web/desk/mine/MineSelect.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'

const here = getRouteApi('/hazards/report')

/** A mine states its own ways of finding; an officer's come first, the mine's behind them. */
const offeredSources = (side: Side): readonly string[] => {
  const mines = reportedSources.filter((name) => foundBy(name) === 'mine')
  return side === 'mine' ? mines : [...reportedSources.filter((name) => foundBy(name) === 'department'), ...mines]
}

/** A tip from the public stays with the bureau until the visit; everything else goes into the mine's register. */
const registerOf = (values: Values, mineId: string | undefined, homeTenantId: string): string | undefined =>
  values.source === 'publicReport' ? homeTenantId : mineId

const ownMine = (scope: { kind: 'division' } | { kind: 'tenants'; ids: readonly string[] }): string | undefined =>
  scope.kind === 'tenants' && scope.ids.length === 1 ? scope.ids[0] : undefined

export const ReportPage = () => {
  const { session } = useStanding()
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const side = sideOf(session.grant.role)
  const own = side === 'mine' ? (ownMine(session.grant.scope) ?? session.homeTenantId) : undefined
  const [picked, setPicked] = useState(search.mineId)
  const mineId = own ?? picked
  const mine = useAnswer(readMine, { params: { id: mineId ?? '' } }, { enabled: mineId !== undefined })
  const fixed = search.fixed === true
  const act = fixed ? 'reportFixed' : 'report'
  const mayFix = transitions.reportFixed?.who.some(({ roles }) => roles.includes(session.grant.role)) ?? false
  const hidden = ({ source }: Values) => (source === 'publicReport' ? [] : ['verifyBy'])

  return (
    <Page title={fixed ? '报告并当场整改' : '报告隐患'} note="照片、描述、部位有一样就能报；其余随后补。">
      {mayFix && (
        <p className="no-print">
          <button
            type="button"
            className="plain-link"
            onClick={() => void navigate({ search: { ...(picked && { mineId: picked }), fixed: !fixed } })}
          >
            {fixed ? '不能当场改的，只报告' : '已经当场改好的，一步办结'}
          </button>
        </p>
      )}
      <div className="form-column">
        <ActForm
          key={act}
          act={act}
          hidden={hidden}
          offered={{ source: offeredSources(side) }}
          place={{ tenantName: mine.data?.name ?? '本矿', mineId }}
          tenantOf={(values) => registerOf(values, mineId, session.homeTenantId)}
          extra={mineId ? { mineId } : {}}
          onDone={({ tenantId, streamId }) =>
            void navigate({ to: '/hazards/$tenantId/$id', params: { tenantId, id: streamId } })
          }
          onCancel={() => void navigate({ to: '/register' })}
        >
          {!own && (
            <Form component={false} layout="vertical" size="large">
              <Form.Item label="隐患所在的矿山" htmlFor="report-mine">
                <MineSelect id="report-mine" value={picked} onChange={setPicked} />
              </Form.Item>
            </Form>
          )}
        </ActForm>
      </div>
    </Page>
  )
}
