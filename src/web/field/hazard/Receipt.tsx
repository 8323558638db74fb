import { useState } from 'react'
import { ProofLinks } from '#web/field/hazard/ProofLinks.tsx'
import { useHazard, useReceipts } from '#web/field/hazard/reads.ts'
import { send, useCommand, useOutbox } from '#web/field/outbox/outbox.ts'
import type { PendingAct } from '#web/field/outbox/pending.ts'
import { type KeptReceipt, receiptOf } from '#web/field/outbox/receipts.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { problemText } from '#web/parts/api.ts'
import { cosignedWords, onItsWayWords, placeWords, snapshotWords } from '#web/parts/ledgerWords.ts'
import { dateOf, shortHash, timeOf } from '#web/parts/words.ts'

/** 回执: received, when, under which number, as which leaf; or, plainly, that it is still in the phone. */
export const Receipt = ({ commandId }: { readonly commandId: string }) => {
  const command = useCommand(commandId)
  const receipt = receiptOf(commandId)
  if (receipt) return <Received receipt={receipt} />
  if (command) return <StillHere command={command} />
  return (
    <main className="page stack">
      <p>这部手机里没有这张回执。</p>
      <Link to="/mine" className="button">
        看我报的隐患
      </Link>
    </main>
  )
}

const Received = ({ receipt }: { readonly receipt: KeptReceipt }) => {
  const { data } = useHazard(receipt.tenantId, receipt.hazardId)
  const [copied, setCopied] = useState(false)
  const { leafHash } = receipt
  const { data: receipts } = useReceipts(receipt.tenantId, receipt.hazardId, 1)
  const logged = receipts?.find((one) => one.leafHash === leafHash)
  const inLog = logged?.inLog
  const copy = async () => {
    if (!leafHash) return
    await navigator.clipboard?.writeText(leafHash)
    setCopied(true)
  }
  return (
    <main className="page stack">
      <h1>✓ 已收到</h1>
      <dl className="receipt" aria-label="回执">
        <dt>事项</dt>
        <dd>{receipt.title}</dd>
        <dt>编号</dt>
        <dd>{data?.state.number ?? '…'}</dd>
        {receipt.place && (
          <>
            <dt>部位</dt>
            <dd>{receipt.place}</dd>
          </>
        )}
        <dt>收到时间</dt>
        <dd>
          {dateOf(receipt.receivedAt)} {timeOf(receipt.receivedAt)}
        </dd>
        {data && data.state.finding.photos.length > 0 && (
          <>
            <dt>照片</dt>
            <dd>{data.state.finding.photos.length} 张</dd>
          </>
        )}
        <dt>现在</dt>
        <dd>{data?.statusTitle ?? '…'}</dd>
        {leafHash && (
          <>
            <dt>回执号</dt>
            <dd className="hash">{shortHash(leafHash)}</dd>
          </>
        )}
        {inLog && (
          <>
            <dt>存证</dt>
            <dd>
              已入{placeWords(inLog)}
              <span className="soft block">{snapshotWords(inLog)}</span>
              <span className="soft block">{cosignedWords(inLog)}</span>
            </dd>
          </>
        )}
      </dl>
      <p className="help">
        {inLog
          ? '以后有人改动这条记录，一查就知道。下载的证明不联网也能核验。'
          : logged?.late
            ? onItsWayWords(logged)
            : '回执号是这条记录的存证编号：以后有人改动，一查就知道。可以截屏留着。'}
      </p>
      {inLog && logged && (
        <ProofLinks record={{ tenantId: receipt.tenantId, streamId: receipt.hazardId, version: logged.version }} />
      )}
      {leafHash && 'clipboard' in navigator && (
        <button type="button" className="button quiet" onClick={() => void copy()}>
          {copied ? '✓ 已复制' : '复制完整回执号'}
        </button>
      )}
      <Link to={`/hazard/${receipt.tenantId}/${receipt.hazardId}`} className="button">
        看这条隐患
      </Link>
      <Link to="/" className="button primary large">
        回首页
      </Link>
    </main>
  )
}

const StillHere = ({ command }: { readonly command: PendingAct }) => {
  const { sending, durable } = useOutbox()
  const busy = sending.includes(command.commandId)
  return (
    <main className="page stack">
      <h1>还没上传</h1>
      <p>
        {durable
          ? '照片和文字已经存在这部手机里，关掉页面也不会丢。有网络后自动上传，只算一条。'
          : '这个浏览器关掉页面就不保留内容。请不要关闭，等上传成功。'}
      </p>
      {command.body.tooDangerous === true && <p className="calm">危险紧急的，先打电话报告，人先撤离。</p>}
      {command.refused && <p className="refusal">{problemText(command.refused)}</p>}
      <button
        type="button"
        className="button primary large"
        disabled={busy}
        onClick={() => void send(command.commandId)}
      >
        {busy ? '正在发…' : '重发'}
      </button>
      <Link to="/" className="button">
        回首页
      </Link>
    </main>
  )
}
