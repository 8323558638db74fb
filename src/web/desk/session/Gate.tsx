import { type ReactNode, useState } from 'react'
import type { SessionShown } from '#contract/session.ts'
import { GrantChoice } from '#web/desk/session/GrantChoice.tsx'
import { Setup } from '#web/desk/session/Setup.tsx'
import { SignIn } from '#web/desk/session/SignIn.tsx'
import { enter, StandingContext, standingOf, useAppInfo, useCurrentSession } from '#web/desk/session/session.ts'
import { Watermark } from '#web/desk/session/Watermark.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

/** Nothing of the office shows before it is known who looks. The address is left alone, so signing in returns to it. */
export const Gate = ({ children }: { children: ReactNode }) => {
  const app = useAppInfo()
  const session = useCurrentSession()
  const [choosing, setChoosing] = useState<SessionShown>()

  const failed = app.error ? app : session.error ? session : undefined
  if (failed) return <QueryProblem error={failed.error} retry={() => failed.refetch()} />
  if (!app.data || session.data === undefined) return <PageSkeleton />

  const signedIn = (signed: SessionShown) => {
    setChoosing(signed.grants.length > 1 ? signed : undefined)
    enter(signed)
  }
  const chosen = (signed: SessionShown) => {
    setChoosing(undefined)
    enter(signed)
  }
  const page = () => {
    if (!session.data)
      return app.data.needsSetup ? <Setup onDone={signedIn} /> : <SignIn app={app.data} onDone={signedIn} />
    if (choosing) return <GrantChoice session={choosing} onDone={chosen} />
    return <StandingContext value={standingOf(session.data, app.data)}>{children}</StandingContext>
  }
  return (
    <>
      {app.data.watermark && <Watermark text={app.data.watermark} />}
      {page()}
    </>
  )
}
