import { useState } from 'react'
import type { HazardShown } from '#contract/hazard.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { FieldInput } from '#web/field/act/FieldInput.tsx'
import { complaints, formFields, isFileField, shortTitle } from '#web/field/act/formFields.ts'
import { queries } from '#web/field/connection/ask.ts'
import { discard, send, useOutbox, write } from '#web/field/outbox/outbox.ts'
import { bodyOf, type PendingAct } from '#web/field/outbox/pending.ts'
import { go } from '#web/field/routing/location.ts'
import { fieldProblems, problemText } from '#web/parts/api.ts'

type ActFormProps = {
  readonly hazard: HazardShown
  readonly command: PendingAct
  readonly transition: Transition
}

/** What others did after this form was opened, once the server has said so. */
const doneMeanwhile = ({ timeline }: HazardShown, { refused, expectedVersion }: PendingAct) =>
  refused?.code === 'stale-version' && expectedVersion !== undefined
    ? timeline.filter(({ version }) => version > expectedVersion)
    : []

/** A form of the act's own schema. Kept as it is filled in; sent once, however often it is sent. */
export const ActForm = ({ hazard, command, transition }: ActFormProps) => {
  const { commandId, body, refused } = command
  const { sending } = useOutbox()
  const [told, setTold] = useState<Readonly<Record<string, string>>>({})
  const fields = formFields(transition)
  const busy = sending.includes(commandId)
  const hazardPath = `/hazard/${hazard.tenantId}/${hazard.id}`
  const meanwhile = doneMeanwhile(hazard, command)
  const problems = { ...(refused && fieldProblems(refused)), ...told }

  const set = (name: string, value: unknown) => {
    setTold({})
    const { [name]: _before, ...others } = body
    void write(commandId, { body: value === undefined ? others : { ...others, [name]: value } })
  }
  const submit = async () => {
    const photographed = Object.fromEntries(
      fields
        .filter((field) => isFileField(field) && command.attached.some((one) => one.field === field.name))
        .map(({ name }) => [name, []]),
    )
    const found = complaints(transition, { ...photographed, ...bodyOf(command) })
    setTold(found)
    if (Object.keys(found).length > 0) return
    // Sent again after the other side's entries have been shown: it now goes from what was seen.
    if (meanwhile.length > 0) await write(commandId, { expectedVersion: hazard.version })
    const sent = await send(commandId)
    if (sent.kind === 'refused') return void queries.invalidateQueries({ queryKey: ['hazard'] })
    go(`/receipt/${commandId}`, { replace: true })
  }
  const cancel = async () => {
    await discard(commandId)
    go(hazardPath, { replace: true })
  }

  return (
    <main className="page stack with-action">
      <div>
        <h1>{transition.title}</h1>
        <p className="soft">
          {hazard.state.number} · {hazard.state.finding.place}
        </p>
      </div>
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          command={command}
          hazard={hazard}
          value={body[field.name]}
          onChange={(value) => set(field.name, value)}
          problem={problems[field.name]}
        />
      ))}
      <p className="help">依据：{transition.clause}</p>
      <div className="action">
        {Object.keys(told).length > 0 && (
          <p className="refusal" role="alert">
            还有 {Object.keys(told).length} 处要改：{Object.values(told).join('；')}
          </p>
        )}
        {refused && Object.keys(told).length === 0 && (
          <p className="refusal" role="alert">
            {problemText(refused)}
          </p>
        )}
        {meanwhile.length > 0 && (
          <ul className="plain" aria-label="您打开之后办理的">
            {meanwhile.map((entry) => (
              <li key={entry.eventId}>
                {entry.on} {entry.title}
                <span className="soft"> {entry.byPost ?? entry.roleTitle}</span>
              </li>
            ))}
          </ul>
        )}
        <div className="row">
          <button type="button" className="button quiet" onClick={() => void cancel()}>
            不办了
          </button>
          <button
            type="button"
            className="button primary large grow"
            data-act={command.act}
            disabled={busy}
            onClick={() => void submit()}
          >
            {busy ? '正在办…' : meanwhile.length > 0 ? `看过了，仍${shortTitle(transition)}` : shortTitle(transition)}
          </button>
        </div>
      </div>
    </main>
  )
}
