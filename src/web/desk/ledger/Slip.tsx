import '#web/desk/ledger/slip.css'
import { ProofCodes } from '#web/desk/shown/ProofCodes.tsx'
import { dateTimeOf } from '#web/parts/words.ts'

export type SlipProps = {
  /** What was done, e.g. 企业验收. */
  readonly title: string
  readonly hazardNumber?: string
  /** ISO 8601, UTC. */
  readonly receivedAt: string
  /** 64 hex digits. */
  readonly leafHash: string
  /** The co-signed checkpoint, verbatim. */
  readonly checkpoint: string
  /** The evidence file, verbatim. */
  readonly bundle: string
  /** Where the verifier's page is served. */
  readonly verifyAddress: string
  readonly keyFingerprint: string
}

const Heading = ({ title, hazardNumber, receivedAt, leafHash }: SlipProps) => (
  <header>
    <h2>存证单</h2>
    <dl>
      <div>
        <dt>记录</dt>
        <dd>
          {hazardNumber && <strong>{hazardNumber} </strong>}
          {title}
        </dd>
      </div>
      <div>
        <dt>收到时间</dt>
        <dd>{dateTimeOf(receivedAt)}</dd>
      </div>
    </dl>
    <p className="slip-leaf">
      <span>存证编号前 8 位</span>
      <strong>{leafHash.slice(0, 8)}</strong>
    </p>
    <p className="slip-hash">{leafHash}</p>
  </header>
)

/**
 * The printed slip of one record, for a wall or a file: who holds it can show that the record was not altered, without
 * this server. Black on white, on A5 or A4; a slip that needs two sheets breaks between codes.
 */
export const Slip = (props: SlipProps) => (
  <article className="slip">
    <Heading {...props} />
    <ProofCodes checkpoint={props.checkpoint} bundle={props.bundle} title="记录证明" className="slip-codes" />
    <footer>
      <p>
        核验：打开 <b>{props.verifyAddress}</b>
        ，把这张纸拍成照片放进去，或者一个码一个码地扫。页面可以存下来，不联网也能用。
      </p>
      <p>
        日志公钥指纹 <b className="slip-hash">{props.keyFingerprint}</b>
      </p>
      <p>证明这条记录写进日志以后没有改过；不证明写进去的内容属实。</p>
    </footer>
  </article>
)
