import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Checkbox, Form } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { actOnHazard, type HazardListed, listHazards } from '#contract/hazard.ts'
import { readMine } from '#contract/org.ts'
import type { Problem } from '#contract/problem.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { Row } from '#web/desk/act/ActForm.tsx'
import type { DraftFile } from '#web/desk/act/draft.ts'
import { PlaceContext } from '#web/desk/act/place.ts'
import { bodyOf, complaints, formFields, type Values } from '#web/desk/act/shape.ts'
import { MineSelect } from '#web/desk/mine/MineSelect.tsx'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api, problemText } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { timeOf } from '#web/parts/words.ts'

const here = getRouteApi('/hazards/order')

type Ended = { readonly ok: true; readonly at: string } | { readonly ok: false; readonly why: string }

const atMost = 200

const wanting = (detail: string): Problem => ({
  type: 'about:blank',
  title: '填写有误',
  status: 400,
  code: 'invalid-input',
  detail,
})

const Result = ({ hazard, ended }: { hazard: HazardListed; ended: Ended | undefined }) => (
  <li data-ordered={hazard.number} data-ok={ended?.ok}>
    <Link to="/hazards/$tenantId/$id" params={{ tenantId: hazard.tenantId, id: hazard.id }}>
      {hazard.number}
    </Link>{' '}
    {hazard.place ?? hazard.description}：
    {ended === undefined ? '还没有办' : ended.ok ? `已责令（${timeOf(ended.at)} 收到）` : `没有办成，${ended.why}`}
  </li>
)

/** One paper may order several hazards of a mine: each gets its own record with the paper's number. */
export const OrderPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const may = useMay('hazard.order')
  if (!may)
    return (
      <Page title="一份文书责令几条">
        <p className="empty">责令限期整改由监管执法人员办理。</p>
      </Page>
    )
  return (
    <Page title="一份文书责令几条" note="选一座矿，勾选隐患，文书只填一遍；每条隐患各记一笔，写同一个文书号。">
      <search className="filters">
        <MineSelect
          value={search.mineId}
          onChange={(mineId) => void navigate({ search: mineId ? { mineId } : {}, replace: true })}
        />
      </search>
      {search.mineId ? (
        <Ordering key={search.mineId} mineId={search.mineId} />
      ) : (
        <p className="empty">先选一座矿，这里列出它没有销号的隐患。</p>
      )}
    </Page>
  )
}

const Ordering = ({ mineId }: { mineId: string }) => {
  const mine = useAnswer(readMine, { params: { id: mineId } })
  const listed = useAnswer(listHazards, { query: { mineId, open: 'true', limit: atMost } })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [values, setValues] = useState<Values>({})
  const [files, setFiles] = useState<Readonly<Record<string, DraftFile>>>({})
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<Problem>()
  const [commands, setCommands] = useState<ReadonlyMap<string, string>>(new Map())
  const [results, setResults] = useState<ReadonlyMap<string, Ended>>(new Map())
  const [sent, setSent] = useState<readonly HazardListed[]>([])
  const [sending, setSending] = useState(false)
  if (listed.isError) return <QueryProblem error={listed.error} retry={() => listed.refetch()} />
  // A report from the public lies with the bureau and is no matter of the mine's yet.
  const hazards = (listed.data?.items ?? []).filter(({ tenantId }) => tenantId === mineId)
  const done = (id: string) => results.get(id)?.ok === true
  const waiting = hazards.filter(({ id }) => chosen.includes(id) && !done(id))

  const send = async () => {
    const body = bodyOf(values)
    const told = complaints('order', body)
    setWrong(told)
    if (Object.keys(told).length > 0) return setProblem(wanting('文书还没有填全'))
    if (waiting.length === 0) return setProblem(wanting('还没有勾选隐患'))
    setProblem(undefined)
    setSending(true)
    // Sent again after a broken line, a command lands once: its id stays with the hazard.
    const ids = new Map(commands)
    for (const { id } of waiting) if (!ids.has(id)) ids.set(id, newCommandId())
    setCommands(ids)
    setSent(hazards.filter(({ id }) => chosen.includes(id)))
    const ended = new Map(results)
    for (const { tenantId, id } of waiting) {
      const answer = await api.call(actOnHazard, {
        params: { tenantId, id, act: 'order' },
        body: { commandId: ids.get(id) ?? newCommandId(), body },
      })
      ended.set(
        id,
        answer.ok ? { ok: true, at: answer.value.receivedAt } : { ok: false, why: problemText(answer.problem) },
      )
      setResults(new Map(ended))
    }
    setSending(false)
    await queries.invalidateQueries()
  }

  const change = (name: string, value: unknown) => {
    setValues({ ...values, [name]: value })
    setWrong(({ [name]: _mended, ...rest }) => rest)
    // Another paper is another act.
    setCommands(new Map())
  }

  /** As in every act's form: Enter in a line or a calendar must not carry it out, Ctrl+Enter does. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) void send()
  }

  return (
    <PlaceContext
      value={{
        tenantId: mineId,
        tenantName: mine.data?.name ?? '本矿',
        mineId,
        files,
        addFile: (sha256, file) => setFiles((before) => ({ ...before, [sha256]: file })),
      }}
    >
      {sent.length > 0 && (
        <section aria-labelledby="ordered" className="order-results">
          <h2 id="ordered">文书 {String(values.document ?? '')} 的办理结果</h2>
          <p role="status">
            办成 {[...results.values()].filter(({ ok }) => ok).length} 条，共 {sent.length} 条
            {[...results.values()].some(({ ok }) => !ok) && '；没有办成的改好以后可以再办，办成的不会重复'}
          </p>
          <ul>
            {sent.map((hazard) => (
              <Result key={hazard.id} hazard={hazard} ended={results.get(hazard.id)} />
            ))}
          </ul>
        </section>
      )}
      <form
        className="form-column"
        aria-label="一份文书责令几条"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <ProblemBox problem={problem} />
        <fieldset className="order-hazards">
          <legend>责令哪几条（已选 {chosen.length} 条）</legend>
          {listed.data && hazards.length === 0 && <p className="soft">这座矿没有未销号的隐患。</p>}
          {hazards.map(({ id, number, place, description, statusTitle, deadline, grade }) => (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              disabled={done(id) || sending}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            >
              {number} {grade === 'major' ? '重大' : ''} {place} {description}
              <span className="soft">
                （{statusTitle}
                {deadline && `，期限 ${deadline}`}）
              </span>
            </Checkbox>
          ))}
          {listed.data?.next && <p className="soft">只列出最近的 {atMost} 条。</p>}
        </fieldset>
        <Form component={false} layout="vertical" size="large">
          {formFields('order').map((field) => (
            <Row
              key={field.name}
              act="order"
              field={field}
              value={values[field.name]}
              wrong={wrong[field.name]}
              set={(value) => change(field.name, value)}
            />
          ))}
        </Form>
        <footer className="act-foot">
          <Button type="primary" size="large" htmlType="submit" loading={sending} data-act="order">
            {waiting.length > 0 ? `责令 ${waiting.length} 条` : '责令'}
          </Button>
          <p className="soft">依据：{transitions.order?.clause}</p>
        </footer>
      </form>
    </PlaceContext>
  )
}
