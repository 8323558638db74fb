import { Drawer, Input } from 'antd'
import { useState } from 'react'
import { type MineFactShown, putMine, readMine } from '#contract/org.ts'
import { sourcesThatHold } from '#domain/org/factSources.ts'
import { mine as mineSchema } from '#domain/org/mine.ts'
import { FactInput } from '#web/desk/mine/MineFactsInput.tsx'
import { queries } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { DayInput } from '#web/desk/shown/DayInput.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Props = { mineId: string; fact: MineFactShown; close: () => void }

/** One fact with what it was read from. Taking the answer back makes it unknown again, never 否. */
export const FactSheet = ({ mineId, fact, close }: Props) => {
  const { app } = useStanding()
  const [commandId] = useState(newCommandId)
  const [value, setValue] = useState(fact.value)
  const [source, setSource] = useState(fact.source?.source ?? '')
  const [on, setOn] = useState(fact.source?.on)

  const send = async () => {
    // The entry as it stands now: the other facts may have been answered by somebody else meanwhile.
    const standing = await api.call(readMine, { params: { id: mineId } })
    if (!standing.ok) return standing.problem
    const before = mineSchema.parse(standing.value)
    const { [fact.key]: _before, ...others } = before.facts
    const facts = value === undefined ? others : { ...others, [fact.key]: value }
    const { [fact.key]: _source, ...kept } = sourcesThatHold(before, facts) ?? {}
    const given = value !== undefined && (source !== '' || on !== undefined)
    const factSources = { ...kept, ...(given && { [fact.key]: { source, on } }) }
    const { factSources: _sources, ...entry } = before
    const read = checked(mineSchema, {
      ...entry,
      facts,
      ...(Object.keys(factSources).length > 0 && { factSources }),
    })
    if (!read.ok) return read.problem
    const answer = await api.call(putMine, {
      params: { id: mineId },
      body: {
        commandId,
        ...(standing.value.version !== undefined && { expectedVersion: standing.value.version }),
        value: read.value,
      },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  const dirty = value !== fact.value || source !== (fact.source?.source ?? '') || on !== fact.source?.on
  return (
    <Drawer open onClose={close} title={fact.title} size={420}>
      <Registration label={fact.title} verb="保存" dirty={dirty} send={send} cancel={close}>
        {(wrong) => (
          <>
            <Registered
              name={`facts.${fact.key}`}
              label={fact.question}
              help="不知道的留“未知”：判定标准照样要查，显示“资料不足”"
              wrong={wrong}
            >
              <FactInput fact={fact} value={value} onChange={setValue} />
            </Registered>
            {value !== undefined && (
              <>
                <Registered
                  name={`factSources.${fact.key}.source`}
                  label="来源"
                  help="例如 2023年6月现场核查、开采设计第 4.2 节、矿方申报"
                  wrong={wrong}
                >
                  <Input
                    id={`factSources.${fact.key}.source`}
                    value={source}
                    onChange={({ target }) => setSource(target.value)}
                  />
                </Registered>
                <Registered name={`factSources.${fact.key}.on`} label="来源的日期" wrong={wrong}>
                  <DayInput id={`factSources.${fact.key}.on`} latest={app.businessDate} value={on} onChange={setOn} />
                </Registered>
              </>
            )}
          </>
        )}
      </Registration>
    </Drawer>
  )
}
