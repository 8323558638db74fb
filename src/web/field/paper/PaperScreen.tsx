import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { filePaper, type PaperRead, readPaper } from '#contract/paper.ts'
import type { ReceiptShown } from '#contract/receipt.ts'
import { ask, queries } from '#web/field/connection/ask.ts'
import { Retry, Skeleton } from '#web/field/hazard/MyReports.tsx'
import { shrunk } from '#web/field/photo/shrink.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { must, problemText } from '#web/parts/api.ts'
import { upload } from '#web/parts/upload.ts'
import { dateTimeOf, shortHash } from '#web/parts/words.ts'

type Props = { readonly tenantId: string; readonly id: string }

/** Where the code on a printed form leads: one photo, and it lies in its record. */
export const PaperScreen = ({ tenantId, id }: Props) => {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['paper', tenantId, id],
    queryFn: async () => must(await ask(readPaper, { params: { tenantId, id } })),
  })
  const [receipt, setReceipt] = useState<ReceiptShown>()
  return (
    <main className="page stack">
      {isPending && <Skeleton />}
      {error && <Retry message={error.message} again={() => void refetch()} />}
      {data && (
        <>
          <div>
            <h1>{data.title}</h1>
            <p>{data.subject}</p>
            <p className="soft">
              {data.unit}，{dateTimeOf(data.printedAt)} 打印
            </p>
          </div>
          {receipt ? (
            <Filed receipt={receipt} paper={data} tenantId={tenantId} />
          ) : data.filed ? (
            <p>这张纸已经拍照归档，不用再拍。</p>
          ) : (
            <Filing tenantId={tenantId} id={id} paper={data} onFiled={setReceipt} />
          )}
        </>
      )}
    </main>
  )
}

const Filed = ({ receipt, paper, tenantId }: { receipt: ReceiptShown; paper: PaperRead; tenantId: string }) => (
  <section className="stack" aria-label="已归档">
    <h2>已归档</h2>
    <p>
      ✓ {dateTimeOf(receipt.receivedAt)} 收到，存证编号 {shortHash(receipt.events[0]?.leafHash ?? '')}
    </p>
    <p>纸的原件交安全员存档。</p>
    {paper.form.kind === 'hazardAct' && (
      <Link to={`/hazard/${tenantId}/${paper.form.hazardId}`} className="button">
        看这条隐患
      </Link>
    )}
  </section>
)

type FilingProps = Props & { readonly paper: PaperRead; readonly onFiled: (receipt: ReceiptShown) => void }

const Filing = ({ tenantId, id, paper, onFiled }: FilingProps) => {
  const [photo, setPhoto] = useState<File>()
  const [present, setPresent] = useState('')
  const [share, setShare] = useState<number>()
  const [wrong, setWrong] = useState<string>()
  const asksCount = paper.form.kind === 'crewCard'
  const ready = photo !== undefined && (!asksCount || /^[1-9]\d{0,3}$/.test(present))

  const send = async () => {
    if (!photo) return
    setWrong(undefined)
    setShare(0)
    const small = await shrunk(photo)
    const named = new File([small], photo.name, { type: small.type || photo.type })
    const sent = await upload(tenantId, named, setShare)
    const answer = sent.ok
      ? await ask(filePaper, {
          params: { tenantId, id },
          body: { photos: [sent.file.sha256], ...(asksCount && { present: Number(present) }) },
        })
      : sent
    setShare(undefined)
    if (!answer.ok) return setWrong(problemText(answer.problem))
    onFiled(answer.value)
    await queries.invalidateQueries({ queryKey: ['hazard'] })
  }

  return (
    <form
      className="stack"
      aria-label="拍照归档"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label className="button choose">
        {photo ? '重拍' : '拍签过字的纸'}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          className="unseen"
          aria-label="拍签过字的纸"
          onChange={(event) => setPhoto(event.target.files?.[0] ?? photo)}
        />
      </label>
      {photo && <p role="status">照片：{photo.name}</p>}
      {asksCount && (
        <div className="field">
          <label htmlFor="present">到会人数</label>
          <input
            id="present"
            inputMode="numeric"
            value={present}
            onChange={({ target }) => setPresent(target.value.trim())}
          />
          <p className="help">按纸上签字的人数</p>
        </div>
      )}
      {share !== undefined && <progress max={1} value={share} aria-label="上传进度" />}
      {wrong && (
        <p className="refusal" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="action" disabled={!ready || share !== undefined}>
        归档
      </button>
    </form>
  )
}
