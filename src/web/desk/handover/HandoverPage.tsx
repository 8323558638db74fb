import { getRouteApi } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type HandoverShown, readHandover, takeHandover, withdrawHandover } from '#contract/handover.ts'
import { Items } from '#web/desk/handover/Items.tsx'
import { personWords } from '#web/desk/handover/personWords.ts'
import { Proof } from '#web/desk/ledger/Proof.tsx'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { dateTimeOf } from '#web/parts/words.ts'
import '#web/desk/style/signatures.css'
import '#web/desk/handover/handover.css'

const here = getRouteApi('/handovers/$tenantId/$id')

type Act = 'take' | 'withdraw'

const forms = {
  take: { verb: '接收', label: '接收说明（可不填）', help: '与实际不符的写在这里' },
  withdraw: { verb: '作废', label: '为什么作废', help: '清单不对、换了接收人；作废后可以另开一份' },
} as const

const ActForm = ({ handover, act, close }: { handover: HandoverShown; act: Act; close: () => void }) => {
  const [words, setWords] = useState('')
  const [commandId] = useState(newCommandId)
  const { verb, label, help } = forms[act]
  const params = { tenantId: handover.tenantId, id: handover.id }
  const send = async () => {
    const answer =
      act === 'take'
        ? await api.call(takeHandover, { params, body: { commandId, ...(words.trim() && { note: words }) } })
        : await api.call(withdrawHandover, { params, body: { commandId, reason: words } })
    if (!answer.ok) return answer.problem
    close()
    await queries.invalidateQueries()
    return undefined
  }
  return (
    <Registration label={verb} verb={verb} dirty={words !== ''} send={send} cancel={close}>
      {(wrong) => (
        <Registered name={act === 'take' ? 'note' : 'reason'} label={label} help={help} wrong={wrong}>
          <Input.TextArea
            id={act === 'take' ? 'note' : 'reason'}
            rows={3}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </Registered>
      )}
    </Registration>
  )
}

const Acts = ({ handover }: { handover: HandoverShown }) => {
  const [act, setAct] = useState<Act>()
  const { can, items } = handover
  if (!can.take && !can.withdraw) return null
  if (act)
    return (
      <section aria-label={forms[act].verb} className="no-print">
        <ActForm handover={handover} act={act} close={() => setAct(undefined)} />
      </section>
    )
  return (
    <section aria-label="办理" className="handover-acts no-print">
      {can.take && (
        <>
          <Button type="primary" size="large" onClick={() => setAct('take')}>
            接收这 {items.length} 件
          </Button>
          <span className="soft">接收后，五定里的责任人改为您，其余随岗位由您接着办。</span>
        </>
      )}
      {can.withdraw && (
        <Button size="large" onClick={() => setAct('withdraw')}>
          {can.take ? '不接收，作废' : '作废'}
        </Button>
      )}
    </section>
  )
}

const Moved = ({ handover }: { handover: HandoverShown }) => {
  if (handover.status !== 'taken') return null
  const count = (fate: string) => handover.items.filter((item) => item.fate === fate).length
  const told = [
    [count('moved'), '件责任人已改为接收人'],
    [count('withPost'), '件随岗位由接收人接着办'],
    [count('finished'), '件已办完'],
    [count('toDo'), '件责任人还没有改，要另办'],
  ] as const
  return (
    <p role="status" className="handover-moved">
      {told
        .filter(([number]) => number > 0)
        .map(([number, words]) => `${number} ${words}`)
        .join('；')}
    </p>
  )
}

const Signatures = ({ handover: { from, to, onBehalf } }: { handover: HandoverShown }) => (
  <dl className="signatures">
    <div>
      <dt>{onBehalf ? '交出人（代）' : '交出人'}签字</dt>
      <dd>
        <span className="off-screen">{personWords(from)}</span>
      </dd>
    </div>
    <div>
      <dt>接收人签字</dt>
      <dd>
        <span className="off-screen">{personWords(to)}</span>
      </dd>
    </div>
    <div>
      <dt>日期</dt>
      <dd />
    </div>
  </dl>
)

export const HandoverPage = () => {
  const { tenantId, id } = here.useParams()
  const read = useAnswer(
    readHandover,
    { params: { tenantId, id } },
    {
      // What was taken over is entered at each hazard within seconds; the page shows it arrive.
      askAgain: (shown, answers) =>
        shown?.status === 'taken' && answers < 8 && shown.items.some(({ fate }) => fate === 'toDo') ? 1_500 : false,
    },
  )
  if (read.isError)
    return (
      <Page title="岗位交接单">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton />
  const handover = read.data
  const { from, to, status, statusTitle, onBehalf, note, ended, version } = handover
  return (
    <Page title="岗位交接单" note={handover.houseName} actions={<Button onClick={() => window.print()}>打印</Button>}>
      <dl className="facts handover-facts">
        <div>
          <dt>交出人</dt>
          <dd>
            {personWords(from)}
            {onBehalf && '（本人已离岗，由单位负责人代为交出）'}
          </dd>
        </div>
        <div>
          <dt>接收人</dt>
          <dd>{personWords(to)}</dd>
        </div>
        <div>
          <dt>开出时间</dt>
          <dd>{dateTimeOf(handover.givenAt)}</dd>
        </div>
        {note && (
          <div>
            <dt>交接说明</dt>
            <dd>{note}</dd>
          </div>
        )}
        <div>
          <dt>状态</dt>
          <dd data-status={status}>
            <strong>{statusTitle}</strong>
            {ended && ` ${dateTimeOf(ended.at)}`}
            {ended?.words && `：${ended.words}`}
          </dd>
        </div>
      </dl>
      <Moved handover={handover} />
      <Acts handover={handover} />
      <Items items={handover.items} more={handover.more} />
      <section aria-labelledby="handover-proof" className="handover-proof">
        <h2 id="handover-proof">存证</h2>
        <p className="soft">交出</p>
        <Proof record={{ tenantId, streamId: id, version: 1 }} title="交出岗位" />
        {version > 1 && (
          <>
            <p className="soft">{status === 'taken' ? '接收' : '作废'}</p>
            <Proof
              record={{ tenantId, streamId: id, version }}
              title={status === 'taken' ? '接收岗位' : '作废交接单'}
            />
          </>
        )}
      </section>
      <Signatures handover={handover} />
    </Page>
  )
}
