import { getRouteApi } from '@tanstack/react-router'
import { Button, Checkbox, Drawer } from 'antd'
import { type NoticeShown, readNotice } from '#contract/notice.ts'
import { Margin } from '#web/desk/notice/Margin.tsx'
import { NoticeText } from '#web/desk/notice/NoticeText.tsx'
import { useNarrow } from '#web/desk/notice/useNarrow.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const here = getRouteApi('/notice')

const Phases = ({ phases }: Pick<NoticeShown, 'phases'>) => (
  <ol className="phases" aria-label="阶段">
    {phases.map(({ id, title, from, to, current }) => (
      <li
        key={id}
        className={current ? 'phase phase-current' : 'phase'}
        {...(current && { 'aria-current': 'step' as const })}
      >
        <strong>{title}</strong>
        <span className="soft">
          {from ? `${from} 至 ${to}` : `${to} 前`}
          {current && '（现在）'}
        </span>
      </li>
    ))}
  </ol>
)

const readings = [
  { name: 'covered', title: '已对应义务、阶段或标准' },
  { name: 'noDuty', title: '看过，没有义务' },
  { name: 'rest', title: '还没有对应' },
] as const

const Coverage = ({ coverage }: Pick<NoticeShown, 'coverage'>) => (
  <dl className="coverage" aria-label="覆盖情况">
    {readings.map(({ name, title }) => (
      <div key={name} data-reading={name}>
        <dt>{title}</dt>
        <dd>
          {coverage.percent[name]}% 的字<span className="soft">，{coverage.sentences[name]} 句</span>
        </dd>
      </div>
    ))}
  </dl>
)

export const NoticePage = () => {
  const { at, noDuty = false } = here.useSearch()
  const navigate = here.useNavigate()
  const narrow = useNarrow()
  const read = useAnswer(readNotice, {}, { staleTime: 300_000 })
  if (read.isError)
    return (
      <Page title="通知">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={16} />
  const notice = read.data
  const span = notice.spans.find(({ start }) => start === at)
  const go = (next: { at?: number; noDuty?: boolean }) => void navigate({ search: next, resetScroll: false })
  const close = () => go(noDuty ? { noDuty } : {})
  return (
    <Page
      title={notice.title}
      note={`${notice.issuer} ${notice.documentNumber}`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <Phases phases={notice.phases} />
      <Coverage coverage={notice.coverage} />
      <p className="no-print">
        <Checkbox
          checked={noDuty}
          onChange={({ target }) => go({ ...(at !== undefined && { at }), ...(target.checked && { noDuty: true }) })}
        >
          显示没有义务的段落及原因
        </Checkbox>
      </p>
      <div className="notice">
        <NoticeText text={notice.text} spans={notice.spans} chosen={at} showNoDuty={noDuty} />
        {!narrow && (
          <aside className="margin" aria-label="页边：义务" aria-live="polite">
            <Margin notice={notice} span={span} />
          </aside>
        )}
      </div>
      {narrow && (
        <Drawer open={span !== undefined} onClose={close} placement="bottom" size="large" title="这句话要求">
          <Margin notice={notice} span={span} />
        </Drawer>
      )}
    </Page>
  )
}
