import { Link } from '@tanstack/react-router'
import { type Piece, paragraphs, type Span } from '#web/desk/notice/pieces.ts'

type Props = {
  text: string
  spans: readonly Span[]
  chosen: number | undefined
  showNoDuty: boolean
}

type SentenceProps = { piece: Piece; span: Span; chosen: boolean; noDuty: boolean }

const Sentence = ({ piece, span, chosen, noDuty }: SentenceProps) => (
  <Link
    to="/notice"
    search={{ at: span.start, ...(noDuty && { noDuty }) }}
    resetScroll={false}
    className={`sentence-covered covered-${span.reading}`}
    data-span={span.start}
    {...(chosen && { 'aria-current': true })}
  >
    {piece.text}
  </Link>
)

/** The text as printed, in a reading column; what is covered is underlined lightly and opens the margin. */
export const NoticeText = ({ text, spans, chosen, showNoDuty }: Props) => (
  <article className="notice-text" aria-label="通知原文">
    {paragraphs(text, spans).map((pieces, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the notice's lines never move
      <p key={line} className={pieces.length === 0 ? 'blank' : undefined}>
        {pieces.map((piece) => {
          const { span, start } = piece
          const opens = span && (span.reading === 'covered' || (span.reading === 'noDuty' && showNoDuty))
          if (!span || !opens || piece.text.trim() === '') return <span key={start}>{piece.text}</span>
          return <Sentence key={start} piece={piece} span={span} chosen={span.start === chosen} noDuty={showNoDuty} />
        })}
      </p>
    ))}
  </article>
)
