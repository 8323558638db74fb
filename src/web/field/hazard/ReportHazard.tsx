import { useEffect, useState } from 'react'
import { grades } from '#domain/hazard/status.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { Choices } from '#web/field/hazard/Choices.tsx'
import { FixedFields } from '#web/field/hazard/FixedFields.tsx'
import { usePlaces } from '#web/field/hazard/reads.ts'
import { sourcesFor } from '#web/field/hazard/source.ts'
import { discard, send, untouched, useCommand, useOutbox, write } from '#web/field/outbox/outbox.ts'
import type { PendingAct } from '#web/field/outbox/pending.ts'
import { PhotoField } from '#web/field/photo/PhotoField.tsx'
import { go } from '#web/field/routing/location.ts'
import { useMines } from '#web/field/session/mines.ts'
import { useSession } from '#web/field/session/session.tsx'
import { problemText } from '#web/parts/api.ts'

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

const nothingYet = ({ body, attached }: PendingAct): boolean =>
  attached.length === 0 && word(body.place).trim() === '' && word(body.description).trim() === ''

type Fixed = { readonly responsible?: unknown; readonly measures?: unknown; readonly checkedBy?: unknown }

const unfinishedFix = ({ responsible, measures, checkedBy }: Fixed): string | undefined => {
  const missing = [!responsible && '整改人', !word(measures).trim() && '怎么改的', !checkedBy && '复查人']
  const words = missing.filter((one): one is string => typeof one === 'string')
  if (words.length > 0) return `当场整改还要填：${words.join('、')}。一时填不了的，关掉“已当场整改”照样能报。`
  return responsible === checkedBy ? '整改人不能复查自己的整改，换一名没有参与整改的人复查。' : undefined
}

/** Tap two: the place. Tap three: 报告. The rest can be left out, nothing of it stands in the way (PRACTICE A3). */
export const ReportHazard = ({ commandId }: { readonly commandId: string }) => {
  const command = useCommand(commandId)
  const { loaded } = useOutbox()
  if (command) return <ReportForm command={command} />
  if (!loaded) return <p className="waiting">正在打开…</p>
  return (
    <main className="page stack">
      <p>这条已经不在手机里：可能已经上传，或者已经删除。</p>
      <button type="button" className="button" onClick={() => go('/mine', { replace: true })}>
        看我报的隐患
      </button>
    </main>
  )
}

const ReportForm = ({ command }: { readonly command: PendingAct }) => {
  const { commandId, body, tenantId } = command
  const { grant } = useSession()
  const { sending } = useOutbox()
  const places = usePlaces(tenantId)
  const mines = useMines()
  const [told, setTold] = useState<string>()
  const busy = sending.includes(commandId)
  const mayFix = transitions.reportFixed?.who.some(({ roles }) => roles.includes(grant.role)) === true
  const fixed = command.act === 'reportFixed'

  useEffect(() => () => void untouched(commandId), [commandId])

  const set = (answers: Record<string, unknown>) => {
    const next = Object.entries({ ...body, ...answers }).filter(([, value]) => value !== undefined && value !== '')
    setTold(undefined)
    void write(commandId, { body: Object.fromEntries(next) })
  }
  const report = async () => {
    if (nothingYet(command)) return setTold('照片、部位、描述至少要有一样：拍一张照片，或者写一句话。')
    const unfinished = fixed ? unfinishedFix(body) : undefined
    if (unfinished) return setTold(unfinished)
    const sent = await send(commandId)
    if (sent.kind === 'refused') return setTold(problemText(sent.problem))
    go(`/receipt/${commandId}`, { replace: true })
  }
  const cancel = () => {
    if (!nothingYet(command) && !window.confirm('不报了？照片和文字都不保留。')) return
    void discard(commandId)
    go('/', { replace: true })
  }
  const place = word(body.place)

  return (
    <main className="page stack with-action">
      <h1>报隐患</h1>
      {mines.length > 1 && <p className="soft">{mines.find(({ id }) => id === tenantId)?.name}</p>}
      {body.tooDangerous === true && command.attached.length === 0 ? (
        <p className="calm">危险，不宜靠近：不用照片。人先撤到安全的地方。</p>
      ) : (
        <PhotoField command={command} field="photos" label="照片" kind="photos" help="从远处拍即可，不要靠近危险处" />
      )}
      <fieldset className="field">
        <legend>部位</legend>
        <div className="chips">
          {places.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={place === one}
              onClick={() => set({ place: place === one ? undefined : one })}
            >
              {one}
            </button>
          ))}
        </div>
        <input
          value={places.includes(place) ? '' : place}
          onChange={(event) => set({ place: event.target.value })}
          placeholder={places.length > 0 ? '别的部位，写在这里' : '例如：上山道路中段'}
          aria-label="部位（自己写）"
          maxLength={100}
        />
      </fieldset>
      {mayFix && (
        <label className="option">
          <input
            type="checkbox"
            checked={fixed}
            onChange={(event) =>
              void write(
                commandId,
                event.target.checked
                  ? { act: 'reportFixed', title: '报告并当场整改' }
                  : { act: 'report', title: '报告隐患' },
              )
            }
          />
          <span>已当场整改（一般隐患，一步办结）</span>
        </label>
      )}
      {fixed && <FixedFields command={command} set={set} />}
      <details className="more">
        <summary>补充（可以不填）</summary>
        <div className="stack">
          <label className="field">
            <span>描述</span>
            <textarea
              value={word(body.description)}
              rows={3}
              onChange={(event) => set({ description: event.target.value })}
              placeholder="看到什么，例如：车挡塌了约 5 米"
            />
          </label>
          {!fixed && (
            <>
              <Choices
                legend="初步判断"
                options={{ ...grades, unsure: '说不准' }}
                value={word(body.suspectedGrade) || 'unsure'}
                onChange={(grade) => set({ suspectedGrade: grade === 'unsure' ? undefined : grade })}
                help="说不准就不选，由管理人员判定"
              />
              <label className="option">
                <input
                  type="checkbox"
                  checked={body.tooDangerous === true}
                  onChange={(event) => set({ tooDangerous: event.target.checked || undefined })}
                />
                <span>危险，不宜靠近</span>
              </label>
            </>
          )}
          <label className="field">
            <span>发现方式</span>
            <select value={word(body.source)} onChange={(event) => set({ source: event.target.value })}>
              {Object.entries(sourcesFor(grant.role)).map(([name, title]) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
      </details>
      <div className="action">
        {(told ?? command.refused) && (
          <p className="refusal" role="alert">
            {told ?? (command.refused && problemText(command.refused))}
          </p>
        )}
        <div className="row">
          <button type="button" className="button quiet" onClick={cancel}>
            不报了
          </button>
          <button
            type="button"
            className="button primary large grow"
            data-act={command.act}
            disabled={busy}
            onClick={() => void report()}
          >
            {busy ? '正在报告…' : fixed ? '报告并办结' : '报告'}
          </button>
        </div>
      </div>
    </main>
  )
}
