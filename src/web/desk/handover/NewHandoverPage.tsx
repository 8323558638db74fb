import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { giveHandover, readOpenItems } from '#contract/handover.ts'
import { listPeople } from '#contract/org.ts'
import { mayGiveForAnother } from '#domain/handover/decide.ts'
import { Items } from '#web/desk/handover/Items.tsx'
import { personWords } from '#web/desk/handover/personWords.ts'
import { keyOf, queries, useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import '#web/desk/handover/handover.css'

/** Signed for as it is shown: what stands open in one's name and for one's post, and who takes it over. */
export const NewHandoverPage = () => {
  const { session } = useStanding()
  const navigate = useNavigate()
  const [id] = useState(newCommandId)
  const [commandId, setCommandId] = useState(newCommandId)
  const [from, setFrom] = useState(session.personId)
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const people = useAnswer(listPeople, { params: { tenantId: session.homeTenantId } })
  const asked = { query: from ? { personId: from } : {} }
  const open = useAnswer(readOpenItems, asked)
  const forAnother = mayGiveForAnother.includes(session.grant.role)
  if (open.isError || people.isError)
    return (
      <Page title="开一份交接单">
        <QueryProblem
          error={open.error ?? people.error ?? new Error()}
          retry={() => Promise.all([open.refetch(), people.refetch()])}
        />
      </Page>
    )
  if (!people.data) return <PageSkeleton />
  const options = (without: string | undefined, leftToo: boolean) =>
    people.data.items
      .filter((person) => person.id !== without && (person.active || leftToo))
      .map((person) => ({
        value: person.id,
        label: `${personWords(person)}${person.active ? '' : '，已离岗'}`,
      }))

  const send = async () => {
    if (!open.data || !to)
      return {
        type: '/problems/invalid-input',
        title: '填写有误',
        status: 400,
        code: 'invalid-input',
        detail: '还没有选接收人',
        remedy: '从名录中选择接收人',
        details: { fields: [{ field: 'to', message: '选择接收人' }] },
      }
    const answer = await api.call(giveHandover, {
      params: { tenantId: session.homeTenantId, id },
      body: { commandId, to, ...(from && { from }), ...(note.trim() && { note }), ...open.data },
    })
    if (!answer.ok) {
      // The list is another now: shown anew, signed anew.
      if (answer.problem.code === 'open-items-changed') {
        setCommandId(newCommandId())
        await queries.invalidateQueries({ queryKey: keyOf(readOpenItems, asked) })
      }
      return answer.problem
    }
    await queries.invalidateQueries()
    void navigate({ to: '/handovers/$tenantId/$id', params: { tenantId: session.homeTenantId, id } })
    return undefined
  }

  return (
    <Page title="开一份交接单" note={`${session.homeName}，${session.grant.roleTitle}`}>
      <section aria-labelledby="open-items">
        <h2 id="open-items">没有办完的事</h2>
        {open.data ? <Items {...open.data} /> : <PageSkeleton rows={6} />}
      </section>
      <div className="handover-form">
        <Registration
          label="开一份交接单"
          verb="签字交出"
          dirty={to !== undefined || note !== ''}
          send={send}
          cancel={() => void navigate({ to: '/handovers' })}
        >
          {(wrong) => (
            <>
              {forAnother && (
                <Registered
                  name="from"
                  label="交出人"
                  help="本人已经离岗的，由单位负责人代为交出，单子上会写明"
                  wrong={wrong}
                >
                  <Select
                    id="from"
                    value={from ?? null}
                    showSearch={{ optionFilterProp: 'label' }}
                    options={options(to, true)}
                    onChange={(person) => setFrom(person ?? undefined)}
                  />
                </Registered>
              )}
              <Registered
                name="to"
                label="接收人"
                help="由接收人登录后本人接收；接收后，五定里的责任人改为接收人，其余随岗位"
                wrong={wrong}
              >
                <Select
                  id="to"
                  value={to ?? null}
                  placeholder="按岗位选择"
                  showSearch={{ optionFilterProp: 'label' }}
                  options={options(from, false)}
                  onChange={(person) => setTo(person ?? undefined)}
                />
              </Registered>
              <Registered name="note" label="交接说明（可不填）" help="当面交代了什么、资料和钥匙在哪里" wrong={wrong}>
                <Input.TextArea id="note" rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
              </Registered>
            </>
          )}
        </Registration>
      </div>
    </Page>
  )
}
