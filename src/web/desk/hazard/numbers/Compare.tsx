import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { actOnHazard } from '#contract/hazard.ts'
import { compareNumbers } from '#contract/hazardNumbers.ts'
import type { Problem } from '#contract/problem.ts'
import type { OurHazard, TheirHazard } from '#domain/hazard/reconcile.ts'
import { pastedFile } from '#web/desk/hazard/numbers/pastedFile.ts'
import { Drop } from '#web/desk/importing/Drop.tsx'
import { queries } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Compared = z.output<typeof compareNumbers.reply>

const atOnce = 50

const Ours = ({ hazard }: { hazard: OurHazard }) => (
  <>
    <Link to="/hazards/$tenantId/$id" params={{ tenantId: hazard.tenantId, id: hazard.id }}>
      {hazard.number}
    </Link>{' '}
    {hazard.mineName} {hazard.foundOn} {hazard.place} <span className="soft">{hazard.description}</span>
  </>
)

const theirWords = ({ number, mineName, foundOn, place, description, row }: TheirHazard): string =>
  [`第 ${row} 行`, number, mineName, foundOn, place, description].filter(Boolean).join(' ')

const Differing = ({ compared, system }: { compared: Compared; system: string }) => {
  const { differing } = compared.found
  if (differing.length === 0) return null
  return (
    <section className="import-part" aria-labelledby="differing">
      <h2 id="differing">两边说的不同（{differing.length}）</h2>
      {differing.slice(0, atOnce).map(({ ours, theirs, differences }) => (
        <article key={`${ours.id} ${theirs.row}`} className="import-found" data-differing={ours.number}>
          <h3>
            <Ours hazard={ours} />
          </h3>
          <table className="records" aria-label={`${ours.number}：两边不同的`}>
            <thead>
              <tr>
                <th scope="col">哪一项</th>
                <th scope="col">本系统</th>
                <th scope="col">
                  {system}（第 {theirs.row} 行）
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ title, ours: here, theirs: there }) => (
                <tr key={title}>
                  <th scope="row" data-label="哪一项">
                    {title}
                  </th>
                  <td data-label="本系统">{here ?? <span className="soft">没有</span>}</td>
                  <td data-label={system}>{there ?? <span className="soft">没有</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </article>
      ))}
      {differing.length > atOnce && <p className="soft">先列出 {atOnce} 条，改好再对一次。</p>}
    </section>
  )
}

type OnlyTheirsProps = {
  compared: Compared
  mayNumber: boolean
  onNumber: (hazard: OurHazard, number: string) => void
}

const OnlyTheirs = ({ compared, mayNumber, onNumber }: OnlyTheirsProps) => {
  const { onlyTheirs } = compared.found
  if (onlyTheirs.length === 0) return null
  return (
    <section className="import-part" aria-labelledby="only-theirs">
      <h2 id="only-theirs">只有对方有的（{onlyTheirs.length}）</h2>
      <ul className="import-lines">
        {onlyTheirs.slice(0, atOnce).map(({ theirs, perhaps }) => (
          <li key={`${theirs.sheet} ${theirs.row}`} data-theirs={theirs.number}>
            {theirWords(theirs)}
            {perhaps.map((hazard) => (
              <p key={hazard.id}>
                <span className="soft">像是：</span>
                <Ours hazard={hazard} />{' '}
                {mayNumber && (
                  <Button size="small" onClick={() => onNumber(hazard, theirs.number)}>
                    是这一条，记下编号
                  </Button>
                )}
              </p>
            ))}
            {perhaps.length === 0 && <p className="soft">本系统里没有像的；确有的话，先报告或者从台账转入。</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

const sentence = ({ read, found }: Compared): string =>
  `对方 ${read} 条：一致 ${found.same}，不同 ${found.differing.length}，只有对方有 ${found.onlyTheirs.length}；本系统有编号而对方没有 ${found.onlyOurs.length}，没有编号、对方表里也找不到的 ${found.unnumbered}。`

/** The other system's list, dropped or pasted, beside ours. Nothing is written but the numbers that a person confirms. */
export const Compare = ({ system, mineId }: { system: string; mineId: string | undefined }) => {
  const mayNumber = useMay('hazard.externalNumber')
  const [file, setFile] = useState<File>()
  const [text, setText] = useState('')
  const [compared, setCompared] = useState<Compared>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const look = async (chosen: File) => {
    setFile(chosen)
    setBusy(true)
    const answer = await api.upload(compareNumbers, {
      settings: { system, ...(mineId && { mineId }) },
      file: chosen,
      fileName: chosen.name,
    })
    setBusy(false)
    setCompared(answer.ok ? answer.value : undefined)
    setProblem(answer.ok ? undefined : answer.problem)
  }
  const number = async ({ tenantId, id }: OurHazard, given: string) => {
    const answer = await api.call(actOnHazard, {
      params: { tenantId, id, act: 'externalNumber' },
      body: { commandId: newCommandId(), body: { system, number: given } },
    })
    if (!answer.ok) return setProblem(answer.problem)
    await queries.invalidateQueries()
    if (file) await look(file)
  }
  return (
    <>
      <Drop file={file} busy={busy} onFile={(chosen) => void look(chosen)} />
      <details className="import-part">
        <summary>
          <h2>或者把对方的表粘贴在这里</h2>
        </summary>
        <Input.TextArea
          aria-label="粘贴对方的表"
          rows={6}
          placeholder="从表格里连表头一起复制：编号、矿山名称、发现日期、部位、描述、等级、状态、销号日期"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button disabled={text.trim() === '' || busy} onClick={() => void look(pastedFile(text))}>
          对账
        </Button>
      </details>
      <ProblemBox problem={problem} />
      {compared && (
        <>
          <p className="import-sentence" role="status">
            {sentence(compared)}
          </p>
          {compared.faults.length > 0 && (
            <section className="import-part" aria-labelledby="unread">
              <h2 id="unread">没有读懂的（{compared.faults.length} 处）</h2>
              <ul className="import-lines">
                {compared.faults.slice(0, atOnce).map(({ sheet, row, reason, remedy }) => (
                  <li key={`${sheet} ${row} ${reason}`}>
                    表“{sheet}”第 {row} 行：{reason}；{remedy}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {compared.found.repeated.map(({ number: given, rows }) => (
            <p key={given}>
              对方表里编号 {given} 出现 {rows.length} 次：第 {rows.join('、')} 行。
            </p>
          ))}
          <Differing compared={compared} system={system} />
          <OnlyTheirs
            compared={compared}
            mayNumber={mayNumber}
            onNumber={(hazard, given) => void number(hazard, given)}
          />
          {compared.found.onlyOurs.length > 0 && (
            <section className="import-part" aria-labelledby="only-ours">
              <h2 id="only-ours">本系统记着编号、对方表里没有的（{compared.found.onlyOurs.length}）</h2>
              <ul className="import-lines">
                {compared.found.onlyOurs.slice(0, atOnce).map((hazard) => (
                  <li key={hazard.id} data-ours={hazard.number}>
                    {hazard.external} <Ours hazard={hazard} />
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </>
  )
}
