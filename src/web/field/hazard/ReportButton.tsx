import { useState } from 'react'
import { z } from 'zod'
import { remembered } from '#web/field/connection/remembered.ts'
import { usePlaces } from '#web/field/hazard/reads.ts'
import { usualSource } from '#web/field/hazard/source.ts'
import { attach, begin } from '#web/field/outbox/outbox.ts'
import { go } from '#web/field/routing/location.ts'
import { businessDay, useApp } from '#web/field/session/app.ts'
import { useMines } from '#web/field/session/mines.ts'
import { useSession } from '#web/field/session/session.tsx'
import { newId } from '#web/parts/commandId.ts'

/** Tap one of three: the camera opens. Who stands before something dangerous takes no picture of it (PRACTICE A10). */
export const ReportButton = () => {
  const { accountId, grant, homeTenantId } = useSession()
  const app = useApp()
  const mines = useMines()
  const lastMine = remembered(`bihuan.lastMine.${accountId}`, z.string())
  const [picked, setPicked] = useState(() => lastMine.read())
  // Nobody at a mine is asked twice which mine they stand at: the last one, or their own.
  const chosen = [picked, homeTenantId].find((id) => mines.some((one) => one.id === id))
  const [failed, setFailed] = useState(false)
  const mine = mines.length === 1 ? mines[0] : mines.find(({ id }) => id === chosen)
  // Read before they are needed: in the pit there may be no signal to read them with.
  usePlaces(mine?.id ?? '')

  const start = async (mineId: string, answers: Record<string, unknown>, photo?: File) => {
    const command = await begin({
      accountId,
      tenantId: mineId,
      hazardId: newId(),
      act: 'report',
      title: '报告隐患',
      body: { source: usualSource(grant.role), mineId, ...answers },
      writtenOn: businessDay(app.data),
    })
    if (photo) await attach(command.commandId, 'photos', photo)
    go(`/report/${command.commandId}`)
  }

  const started = (work: Promise<void>) => work.then(() => setFailed(false)).catch(() => setFailed(true))

  return (
    <section className="report" aria-label="报隐患">
      {mines.length > 1 && (
        <label className="field">
          <span>哪座矿</span>
          <select
            value={chosen ?? ''}
            onChange={(event) => {
              setPicked(event.target.value)
              lastMine.write(event.target.value)
            }}
          >
            <option value="">先选矿山</option>
            {mines.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="report-button" aria-disabled={!mine}>
        <span className="report-title">报隐患</span>
        <span>拍一张照片，从远处拍即可</span>
        <input
          type="file"
          accept="image/*"
          capture="environment"
          className="unseen"
          aria-label="报隐患：拍照"
          data-act="photograph"
          disabled={!mine}
          onChange={(event) => {
            const photo = event.target.files?.[0]
            event.target.value = ''
            if (photo && mine) void started(start(mine.id, {}, photo))
          }}
        />
      </label>
      <div className="row">
        <button
          type="button"
          className="button grow"
          data-act="tooDangerous"
          disabled={!mine}
          onClick={() => mine && void started(start(mine.id, { tooDangerous: true }))}
        >
          危险，不宜靠近
        </button>
        <button
          type="button"
          className="button grow"
          data-act="withoutPhoto"
          disabled={!mine}
          onClick={() => mine && void started(start(mine.id, {}))}
        >
          不拍照，写一句
        </button>
      </div>
      {failed && (
        <p className="refusal" role="alert">
          手机存储已满，照片没有留下。删去一些文件后再拍；危险紧急的先打电话。
        </p>
      )}
    </section>
  )
}
