import { filePath } from '#contract/file.ts'
import type { HazardShown } from '#contract/hazard.ts'
import { bodyFiles, bodyRows } from '#web/desk/hazard/bodyRows.ts'
import { Photos } from '#web/desk/hazard/Photos.tsx'
import { ReportProof } from '#web/desk/hazard/ReportProof.tsx'
import { dateOf, fileSize, timeOf } from '#web/parts/words.ts'

type Entry = HazardShown['timeline'][number]

const whoSigned = ({ roleTitle, byPost, onBehalf }: Entry): string =>
  onBehalf
    ? `${roleTitle}代录，原件在档`
    : byPost && !roleTitle.includes(byPost)
      ? `${roleTitle}（${byPost}）`
      : roleTitle

const actOf = ({ act }: Entry): string => act.replace(/^hazard\./, '')

const Files = ({ entry, hazard }: { entry: Entry; hazard: HazardShown }) => {
  const groups = bodyFiles(actOf(entry), entry.body)
  const isPicture = (hash: string) => hazard.files[hash]?.mime.startsWith('image/') === true
  return (
    <>
      {groups.map(({ name, label, sha256 }) => (
        <div key={name}>
          <Photos tenantId={hazard.tenantId} sha256={sha256.filter(isPicture)} alt={label} />
          <ul className="file-list">
            {sha256
              .filter((hash) => !isPicture(hash))
              .map((hash) => (
                <li key={hash}>
                  <a href={filePath(hazard.tenantId, hash, 'original')}>{hazard.files[hash]?.name ?? label}</a>
                  {hazard.files[hash] && <small className="soft"> {fileSize(hazard.files[hash].size)}</small>}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  )
}

const When = ({ entry }: { entry: Entry }) => (
  <p className="when">
    <time dateTime={entry.on}>{entry.on}</time>
    {entry.enteredLater ? (
      <span className="soft"> {dateOf(entry.receivedAt)} 补录</span>
    ) : (
      <span className="soft"> {timeOf(entry.receivedAt)}</span>
    )}
  </p>
)

const fileWidgetRows = (entry: Entry) => new Set(bodyFiles(actOf(entry), entry.body).map(({ name }) => name))

const Item = ({ entry, hazard }: { entry: Entry; hazard: HazardShown }) => {
  const shownBelow = fileWidgetRows(entry)
  const rows = bodyRows(actOf(entry), entry.body, { people: hazard.people }).filter(({ name }) => !shownBelow.has(name))
  return (
    <li className="timeline-entry" data-event={actOf(entry)} id={`event-${entry.version}`}>
      <When entry={entry} />
      <div>
        <h3>{entry.title}</h3>
        <dl className="facts">
          {rows.map(({ name, label, text }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <Files entry={entry} hazard={hazard} />
        <p className="signed soft">{whoSigned(entry)}</p>
        <ReportProof entry={entry} hazard={hazard} />
      </div>
    </li>
  )
}

/** What happened, latest first; each entry says by which post, and whether it was entered for somebody who signed on paper. */
export const Timeline = ({ hazard }: { hazard: HazardShown }) => (
  <section aria-labelledby="timeline">
    <h2 id="timeline">经过</h2>
    <ol className="timeline" reversed>
      {hazard.timeline.toReversed().map((entry) => (
        <Item key={entry.eventId} entry={entry} hazard={hazard} />
      ))}
    </ol>
  </section>
)
