import { Link } from '@tanstack/react-router'
import { proofPath, type RecordAt } from '#contract/ledger.ts'
import { useReceipt } from '#web/desk/ledger/receipts.ts'
import { CopyButton } from '#web/desk/shown/CopyButton.tsx'
import { cosignedWords, onItsWayWords, placeWords, snapshotWords } from '#web/parts/ledgerWords.ts'
import { dateTimeOf, shortHash } from '#web/parts/words.ts'

/**
 * The proof of one record of any kind: received, in the log, co-signed; to be downloaded, to be printed. Shows itself
 * become complete within a second of the act.
 */
export const Proof = ({ record, title }: { record: RecordAt; title: string }) => {
  const receipt = useReceipt(record)
  if (!receipt) return <p className="proof soft">正在查存证……</p>
  const { inLog, leafHash, receivedAt, erased } = receipt
  return (
    <div className="proof" data-in-log={inLog ? 'yes' : 'no'}>
      <p>
        <span>✓ {dateTimeOf(receivedAt)} 已收，已签回执</span>
        {inLog ? (
          <>
            <span>✓ 已入存证{placeWords(inLog)}</span>
            <span className="soft">{snapshotWords(inLog)}</span>
            <span className="soft">{cosignedWords(inLog)}</span>
          </>
        ) : (
          <span className={receipt.late ? undefined : 'soft'} role="status">
            {receipt.late && '▲ '}
            {onItsWayWords(receipt)}
          </span>
        )}
      </p>
      <p className="proof-actions">
        <CopyButton text={leafHash} label={`复制“${title}”的回执`} done="回执已复制">
          <code>{shortHash(leafHash)}</code>
        </CopyButton>
        {erased && <span className="soft">个人信息已依法删除，内容不能再出示</span>}
        {inLog && !erased && (
          <>
            <a className="no-print" href={proofPath(record, 'all')} download aria-label={`下载证明：${title}`}>
              下载证明
            </a>
            <Link
              className="no-print"
              to="/ledger/slip/$tenantId/$streamId/$version"
              params={{ ...record, version: String(record.version) }}
              aria-label={`打印存证单：${title}`}
            >
              打印存证单
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
