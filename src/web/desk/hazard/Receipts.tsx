import type { HazardShown } from '#contract/hazard.ts'
import { Proof } from '#web/desk/ledger/Proof.tsx'

/** The log's proof at the foot: of every record, when it came in, where it lies, who has seen it. */
export const Receipts = ({ hazard }: { hazard: HazardShown }) => (
  <section aria-labelledby="receipts" className="receipts">
    <h2 id="receipts">回执和证明</h2>
    <p className="soft">
      每条记录收到时当场签回执，一秒左右写进存证日志；下载的证明不联网也能核验，以后谁改过一个字都看得出。
    </p>
    <ol>
      {hazard.timeline.map(({ eventId, title, version }) => (
        <li key={eventId}>
          <h3>{title}</h3>
          <Proof record={{ tenantId: hazard.tenantId, streamId: hazard.id, version }} title={title} />
        </li>
      ))}
    </ol>
  </section>
)
