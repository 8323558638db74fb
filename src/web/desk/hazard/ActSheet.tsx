import { Drawer } from 'antd'
import type { HazardShown } from '#contract/hazard.ts'
import { roleTitle } from '#domain/access/role.ts'
import { type HazardAct, hazardActs, transitionOf } from '#domain/hazard/transitions.ts'
import { ActForm } from '#web/desk/act/ActForm.tsx'
import { BeforeSigningAct } from '#web/desk/paper/BeforeSigning.tsx'
import { PrintToSign } from '#web/desk/paper/PrintToSign.tsx'
import { useStanding } from '#web/desk/session/session.ts'
import { prefilled } from '#web/parts/prefilled.ts'

const isAct = (act: string): act is HazardAct => hazardActs.some((one) => one === act)

/** 严禁以罚代管: a fine that was paid closes its case, never the hazard. */
export const PenaltyWarning = () => (
  <p className="loud" role="note">
    缴清罚款不等于销号
  </p>
)

const WhoInstead = ({ act, hazard }: { act: HazardAct; hazard: HazardShown }) => {
  const refusal = hazard.can.find((one) => one.act === act)?.refusal
  const transition = transitionOf(act)
  if (refusal)
    return (
      <div className="problem">
        <p className="problem-detail">{refusal.message}</p>
        {refusal.remedy && <p>{refusal.remedy}</p>}
        {refusal.clause && <p className="soft">依据：{refusal.clause}</p>}
      </div>
    )
  const posts = [...new Set(transition?.who.flatMap(({ roles }) => roles) ?? [])].map(roleTitle)
  return (
    <div className="problem">
      <p className="problem-detail">“{transition?.title}”由其他岗位办理</p>
      <p>{posts.join('、')}</p>
      <p className="soft">依据：{transition?.clause}</p>
    </div>
  )
}

type Props = {
  hazard: HazardShown
  act: string | undefined
  close: () => void
  reload: () => Promise<number | undefined>
}

/** The form of one act beside the hazard; its address is the page's with `?act=`, so Back closes it. */
export const ActSheet = ({ hazard, act, close, reload }: Props) => {
  const known = act && isAct(act) ? act : undefined
  const allowed = known && hazard.can.some((ability) => ability.act === known && !ability.refusal)
  const { state } = hazard
  const { session, app } = useStanding()
  const fined = known === 'closeOut' && (state.facts.penalty?.length ?? 0) > 0
  return (
    <Drawer
      open={known !== undefined}
      onClose={close}
      title={known ? transitionOf(known)?.title : ''}
      size={560}
      destroyOnHidden
      rootClassName="act-sheet"
    >
      {known && !allowed && <WhoInstead act={known} hazard={hazard} />}
      {known && allowed && (
        <ActForm
          key={known}
          act={known}
          hazardId={hazard.id}
          version={hazard.version}
          initial={
            known === 'recheck' ? {} : prefilled(known, { hazard, today: app.businessDate, personId: session.personId })
          }
          tenantOf={() => hazard.tenantId}
          place={{
            tenantName: hazard.mineName,
            mineId: state.finding.mineId,
            foundOn: state.finding.on,
            hazardId: hazard.id,
          }}
          beside={(body) => <PrintToSign tenantId={hazard.tenantId} hazardId={hazard.id} act={known} body={body} />}
          onDone={close}
          onCancel={close}
          onStale={reload}
        >
          <BeforeSigningAct hazard={hazard} act={known} />
          {fined && <PenaltyWarning />}
        </ActForm>
      )}
    </Drawer>
  )
}
