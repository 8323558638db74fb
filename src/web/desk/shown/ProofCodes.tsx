import { splitForQr } from '#translog/qrParts.ts'
import { Qr } from '#web/parts/Qr.tsx'

type Props = {
  /** The co-signed checkpoint and the evidence file, verbatim. */
  readonly checkpoint: string
  readonly bundle: string
  /** What the evidence is of: 记录证明, 印制证明. */
  readonly title: string
  readonly className: string
}

/** The codes that prove a printed sheet: one of the checkpoint, as many as it takes of the evidence file. */
export const ProofCodes = ({ checkpoint, bundle, title, className }: Props) => {
  const parts = splitForQr(bundle)
  return (
    <div className={className}>
      <figure>
        <Qr text={checkpoint} label="存证快照的二维码" />
        <figcaption>存证快照</figcaption>
      </figure>
      {parts.map((part, at) => (
        <figure key={part}>
          <Qr text={part} label={`${title}的二维码，第 ${at + 1} 个，共 ${parts.length} 个`} />
          <figcaption>
            {title} {at + 1}/{parts.length}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}
