import type { ReactNode } from 'react'
import type { SheetShown } from '#contract/selfCheck.ts'
import { Photos } from '#web/desk/hazard/Photos.tsx'
import { Proof } from '#web/desk/ledger/Proof.tsx'
import { dateTimeOf } from '#web/parts/words.ts'

type Entry = { readonly version: number; readonly at: string; readonly content: ReactNode }

const entriesOf = (sheet: SheetShown): readonly Entry[] => {
  const record = (version: number) => ({ tenantId: sheet.mineId, streamId: sheet.sheetId, version })
  const handOvers = sheet.handOvers.map(({ version, at, byPost, toPost, left, note }) => ({
    version,
    at,
    content: (
      <p>
        {byPost}交给{toPost}，还剩 {left} 项{note && `：“${note}”`}
      </p>
    ),
  }))
  const submissions = sheet.submissions.map(
    ({ version, at, byPost, on, team, good, bad, notApplicable, notChecked }, index) => ({
      version,
      at,
      content: (
        <>
          <p>
            {byPost}第 {index + 1} 次提交，排查日期 {on}：符合要求 {good}，有问题 {bad}，不涉及 {notApplicable}，
            <strong>未查 {notChecked.length}</strong>
            {team && `；参加人员：${team}`}
          </p>
          <Proof record={record(version)} title={`第 ${index + 1} 次提交`} />
        </>
      ),
    }),
  )
  const signatures = sheet.signatures.map(({ version, at, byPost, on, submission, ledInPerson, paper }) => ({
    version,
    at,
    content: (
      <>
        <p>
          {paper.length > 0 ? `主要负责人 ${on} 在纸上签字，${byPost}代录，原件在档` : `${byPost} ${on} 签字`}
          ：第 {submission} 次提交{ledInPerson ? '；亲自带队' : '；没有亲自带队'}
        </p>
        {paper.length > 0 && <Photos tenantId={sheet.mineId} sha256={paper} alt="签字原件" />}
        <Proof record={record(version)} title="签字" />
      </>
    ),
  }))
  return [...handOvers, ...submissions, ...signatures].sort((a, b) => a.version - b.version)
}

/** Who handed over, submitted and signed, with the log's proof of each: the mine's evidence. */
export const Course = ({ sheet }: { sheet: SheetShown }) => {
  const entries = entriesOf(sheet)
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="course" className="sheet-course">
      <h2 id="course">经过和佐证</h2>
      <ol>
        {entries.map(({ version, at, content }) => (
          <li key={version}>
            <time className="soft" dateTime={at}>
              {dateTimeOf(at)}
            </time>
            {content}
          </li>
        ))}
      </ol>
    </section>
  )
}
