import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { App, Button, Dropdown } from 'antd'
import { useEffect } from 'react'
import { signOut, switchGrant } from '#contract/session.ts'
import { enter, useMay, useStanding } from '#web/desk/session/session.ts'
import { api, problemText } from '#web/parts/api.ts'
import { PinWatch } from '#web/parts/pin/PinWatch.tsx'
import { weekday } from '#web/parts/words.ts'

const places = [
  { to: '/', title: '首页' },
  { to: '/mines', title: '矿山' },
  { to: '/register', title: '台账' },
  { to: '/statistics', title: '统计' },
  { to: '/self-checks', title: '月排查' },
  { to: '/notice', title: '通知' },
  { to: '/rules', title: '办理规则' },
  { to: '/people', title: '人员' },
  { to: '/ledger', title: '存证核验' },
] as const

const Places = () => {
  const { session } = useStanding()
  // A hazard's own pages belong to the register they are opened from.
  const ofHazard = useRouterState({ select: ({ location }) => location.pathname.startsWith('/hazards/') })
  return (
    <nav aria-label="主菜单" className="places">
      {places.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          activeProps={{ 'aria-current': 'page' }}
          {...(to === '/register' && ofHazard && { 'aria-current': 'page' as const })}
        >
          {title}
        </Link>
      ))}
      {session.grant.role === 'systemAdmin' && (
        <>
          <Link to="/organisations" activeProps={{ 'aria-current': 'page' }}>
            单位
          </Link>
          <Link to="/accounts" activeProps={{ 'aria-current': 'page' }}>
            账号
          </Link>
        </>
      )}
    </nav>
  )
}

const Me = () => {
  const { session } = useStanding()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const mayHandOver = useMay('handover.read')
  const change = async (grant: number) => {
    const answer = await api.call(switchGrant, { body: { grant } })
    if (answer.ok) enter(answer.value)
    else message.error(problemText(answer.problem))
  }
  const leave = async () => {
    const answer = await api.call(signOut, {})
    if (answer.ok || answer.problem.status === 401) enter(null)
    else message.error(problemText(answer.problem))
  }
  const others = session.grants.map((grant, index) => ({ grant, index }))
  const items = [
    ...(others.length > 1
      ? [
          {
            type: 'group' as const,
            label: '换一个岗位',
            children: others.map(({ grant, index }) => ({
              key: `grant-${index}`,
              label: `${grant.roleTitle}（${grant.scopeTitle}）`,
              onClick: () => void change(index),
            })),
          },
        ]
      : []),
    { key: 'my-record', label: '我的履职记录', onClick: () => void navigate({ to: '/my-record' }) },
    ...(mayHandOver
      ? [{ key: 'handovers', label: '岗位交接单', onClick: () => void navigate({ to: '/handovers' }) }]
      : []),
    { key: 'guide', label: <a href="/docs">使用说明</a> },
    { key: 'out', label: '退出', onClick: () => void leave() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" className="me" aria-label={`${session.grant.roleTitle}，${session.homeName}：换岗位或退出`}>
        <span className="me-role">{session.grant.roleTitle}</span>
        <span className="me-home soft">{session.homeName}</span>
      </Button>
    </Dropdown>
  )
}

export const Frame = () => {
  const { app, session } = useStanding()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its heading for those who hear it
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), [path])
  return (
    <>
      <a className="skip" href="#content">
        跳到正文
      </a>
      <PinWatch accountId={session.accountId} />
      <header className="bar">
        <Link to="/" className="brand" aria-label="闭环，回首页">
          闭环
        </Link>
        <Places />
        <p className="bar-date">
          <time dateTime={app.businessDate}>{app.businessDate}</time>
          <span className="soft"> {weekday(app.businessDate)}</span>
        </p>
        <Me />
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}
