import type { ReactNode } from 'react'
import { ActScreen } from '#web/field/act/ActScreen.tsx'
import { shortTitle } from '#web/field/act/formFields.ts'
import { useReached } from '#web/field/connection/reach.ts'
import { HazardView } from '#web/field/hazard/HazardView.tsx'
import { Home } from '#web/field/hazard/Home.tsx'
import { MyReports } from '#web/field/hazard/MyReports.tsx'
import { Receipt } from '#web/field/hazard/Receipt.tsx'
import { ReportHazard } from '#web/field/hazard/ReportHazard.tsx'
import { Tasks } from '#web/field/hazard/Tasks.tsx'
import { OutboxNotice } from '#web/field/outbox/OutboxNotice.tsx'
import { useResending } from '#web/field/outbox/useResending.ts'
import { PaperScreen } from '#web/field/paper/PaperScreen.tsx'
import { Link } from '#web/field/routing/Link.tsx'
import { back, match, usePath } from '#web/field/routing/location.ts'
import { HandOverScreen } from '#web/field/selfCheck/HandOverScreen.tsx'
import { ItemScreen } from '#web/field/selfCheck/ItemScreen.tsx'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'
import { LeftScreen, SectionScreen } from '#web/field/selfCheck/SectionScreen.tsx'
import { SheetScreen } from '#web/field/selfCheck/SheetScreen.tsx'
import { SubmitScreen } from '#web/field/selfCheck/SubmitScreen.tsx'
import { useApp } from '#web/field/session/app.ts'
import { Me } from '#web/field/session/Me.tsx'
import { SessionGate, useSession } from '#web/field/session/session.tsx'
import { PinWatch } from '#web/parts/pin/PinWatch.tsx'

const tabs = [
  { to: '/', title: '首页' },
  { to: '/tasks', title: '待我办' },
  { to: '/mine', title: '我报的' },
  { to: '/me', title: '我的' },
] as const

const checkAt = (path: string, show: (sheetRef: SheetRef, parts: Readonly<Record<string, string>>) => ReactNode) => ({
  at: `/check/:mineId/:month${path}`,
  show: (parts: Readonly<Record<string, string>>) =>
    show({ mineId: parts.mineId ?? '', month: parts.month ?? '' }, parts),
})

/** Every screen with the address it answers to; the first that matches is shown. */
const screens: readonly { at: string; show: (parts: Readonly<Record<string, string>>) => ReactNode }[] = [
  { at: '/', show: () => <Home /> },
  { at: '/tasks', show: () => <Tasks /> },
  { at: '/mine', show: () => <MyReports /> },
  { at: '/me', show: () => <Me /> },
  { at: '/report/:id', show: ({ id = '' }) => <ReportHazard key={id} commandId={id} /> },
  { at: '/receipt/:id', show: ({ id = '' }) => <Receipt key={id} commandId={id} /> },
  { at: '/paper/:tenantId/:id', show: ({ tenantId = '', id = '' }) => <PaperScreen tenantId={tenantId} id={id} /> },
  { at: '/hazard/:tenantId/:id', show: ({ tenantId = '', id = '' }) => <HazardView tenantId={tenantId} id={id} /> },
  {
    at: '/hazard/:tenantId/:id/:act',
    show: ({ tenantId = '', id = '', act = '' }) => (
      <ActScreen key={`${id}-${act}`} tenantId={tenantId} id={id} act={act} />
    ),
  },
  checkAt('', (sheetRef) => <SheetScreen sheetRef={sheetRef} />),
  checkAt('/section/:key', (sheetRef, { key = '' }) => <SectionScreen sheetRef={sheetRef} sectionKey={key} />),
  checkAt('/item/:code', (sheetRef, { code = '' }) => <ItemScreen key={code} sheetRef={sheetRef} code={code} />),
  checkAt('/left', (sheetRef) => <LeftScreen sheetRef={sheetRef} />),
  checkAt('/hand-over', (sheetRef) => <HandOverScreen sheetRef={sheetRef} />),
  checkAt('/submit', (sheetRef) => <SubmitScreen sheetRef={sheetRef} />),
]

const notFound = (
  <main className="page stack">
    <p>没有这一页。</p>
    <Link to="/" className="button">
      回首页
    </Link>
  </main>
)

const screenAt = (path: string): ReactNode => {
  for (const { at, show } of screens) {
    const parts = match(at, path)
    if (parts) return show(parts)
  }
  return notFound
}

/** On the form itself, what is being written is not announced as unfinished. */
const filling = (path: string): boolean =>
  ['/report/:id', '/hazard/:tenantId/:id/:act', '/check/:mineId/:month/item/:code'].some(
    (form) => match(form, path) !== undefined,
  )

const Watermark = () => {
  const { data } = useApp()
  return data?.watermark ? <p className="watermark">{data.watermark}</p> : null
}

const OfflineNotice = () =>
  useReached() ? null : (
    <p className="offline" role="status">
      没有连上服务器。可以照常报隐患、做排查，存在手机里，有网络后自动上传。
    </p>
  )

const Frame = () => {
  const session = useSession()
  const path = usePath()
  useResending(session.accountId)
  const top = tabs.some(({ to }) => to === path)
  return (
    <>
      <PinWatch accountId={session.accountId} />
      <header className="head">
        {!top && (
          <button type="button" className="head-back" aria-label="返回" onClick={back}>
            ‹
          </button>
        )}
        <span className="head-title">{session.homeName || '闭环'}</span>
        <span className="soft">{shortTitle({ title: session.grant.roleTitle })}</span>
      </header>
      {!filling(path) && <OutboxNotice accountId={session.accountId} />}
      {screenAt(path)}
      {top && (
        <nav className="tabs" aria-label="主要页面">
          {tabs.map(({ to, title }) => (
            <Link key={to} to={to} current={to === path}>
              {title}
            </Link>
          ))}
        </nav>
      )}
    </>
  )
}

export const App = () => (
  <>
    <Watermark />
    <OfflineNotice />
    <SessionGate>
      <Frame />
    </SessionGate>
  </>
)
