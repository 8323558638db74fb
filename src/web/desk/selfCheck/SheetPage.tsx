import '#web/desk/selfCheck/selfCheck.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { sideOf } from '#domain/access/role.ts'
import { Course } from '#web/desk/selfCheck/Course.tsx'
import { Sections, type ShownRows, shownRows } from '#web/desk/selfCheck/Sections.tsx'
import { SignForm } from '#web/desk/selfCheck/SignForm.tsx'
import { SubmitForm } from '#web/desk/selfCheck/SubmitForm.tsx'
import { standingTitles } from '#web/desk/selfCheck/standing.ts'
import { useSheet } from '#web/desk/selfCheck/useSheet.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { countsOf, itemsOf, monthTitle, progressOf } from '#web/parts/sheet.ts'

const here = getRouteApi('/self-checks/$mineId/$month')

const rowNames: readonly ShownRows[] = ['asked', 'left', 'bad', 'all']

/** One mine's month at a desk: by system, to be answered, submitted and signed, with what proves it. */
export const SheetPage = () => {
  const params = here.useParams()
  const { session, app } = useStanding()
  const { read, give, reload } = useSheet(params)
  const [form, setForm] = useState<'submit' | 'sign'>()
  const [show, setShow] = useState<ShownRows>('asked')
  if (read.isError)
    return (
      <Page title="月排查">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={10} />
  const sheet = read.data
  const { good, bad, notChecked } = countsOf(sheet)
  const { done, asked } = progressOf(sheet, itemsOf(sheet))
  const ofMine = sideOf(session.grant.role) === 'mine'
  const missed = sheet.month < app.businessDate.slice(0, 7) && sheet.standing !== 'done'
  const handed = sheet.handOvers.at(-1)
  return (
    <Page
      title={`${monthTitle(sheet.month)}排查`}
      note={`${sheet.mineName} · ${missed ? '本月未落实：' : ''}${standingTitles[sheet.standing]}`}
      actions={
        <>
          <Link to="/self-checks/$mineId/$month/print" params={params} className="button-link">
            打印排查表
          </Link>
          {sheet.may.submit && (
            <Button
              {...(sheet.submissions.length === 0 && { type: 'primary' as const })}
              onClick={() => setForm(form === 'submit' ? undefined : 'submit')}
            >
              提交排查表
            </Button>
          )}
          {sheet.may.sign && (
            <Button type="primary" onClick={() => setForm(form === 'sign' ? undefined : 'sign')}>
              {session.grant.role === 'principal' ? '签字' : '代录手签原件'}
            </Button>
          )}
        </>
      }
    >
      {handed && sheet.standing === 'inProgress' && (
        <p className="sheet-handed">
          {handed.toMe
            ? `${handed.byPost}交给您，还剩 ${notChecked.length} 项。`
            : `${handed.byPost}已交给${handed.toPost}。`}
          {handed.note && `“${handed.note}”`}
        </p>
      )}
      {form === 'submit' && <SubmitForm sheet={sheet} onDone={reload} onCancel={() => setForm(undefined)} />}
      {form === 'sign' && <SignForm sheet={sheet} onDone={reload} onCancel={() => setForm(undefined)} />}
      <Course sheet={sheet} />
      <p className="sheet-counts">
        已查 {done} / {asked} 项：符合要求 {good}，有问题 {bad}，<strong>未查 {notChecked.length}</strong>
        {ofMine && sheet.may.answer && (
          <span className="soft no-print"> · 点一行，按 1 2 3 4 作答，↓ 下一项；边查边存</span>
        )}
      </p>
      <fieldset className="filters no-print sheet-show">
        <legend className="off-screen">列哪些</legend>
        {rowNames.map((name) => (
          <button key={name} type="button" className="chip" aria-pressed={show === name} onClick={() => setShow(name)}>
            {shownRows[name]}
          </button>
        ))}
      </fieldset>
      <Sections sheet={sheet} show={show} mayAnswer={ofMine && sheet.may.answer} give={give} />
    </Page>
  )
}
