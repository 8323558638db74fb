import type { HazardShown } from '#contract/hazard.ts'
import { CopyButton } from '#web/desk/shown/CopyButton.tsx'
import { dateTimeOf, shortHash } from '#web/parts/words.ts'

/** The log's proof at the foot: one leaf per record, to be compared with what the sender kept. */
export const Receipts = ({ hazard }: { hazard: HazardShown }) => (
  <section aria-labelledby="receipts" className="receipts">
    <h2 id="receipts">回执</h2>
    <p className="soft">每条记录对应存证日志里的一片叶子；点一下复制全长，可以与收到的回执核对。</p>
    <ol>
      {hazard.timeline.map(({ eventId, title, receivedAt, leafHash }) => (
        <li key={eventId}>
          <span>{title}</span>
          <span className="soft">{dateTimeOf(receivedAt)}</span>
          {leafHash && (
            <CopyButton text={leafHash} label={`复制“${title}”的回执`} done="回执已复制">
              <code>{shortHash(leafHash)}</code>
            </CopyButton>
          )}
        </li>
      ))}
    </ol>
  </section>
)
