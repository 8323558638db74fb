/** A band of real text, not a picture: it prints and stays in screenshots. */
export const Watermark = ({ text }: { text: string }) => (
  <div className="watermark" role="note" aria-label={text}>
    <span>{text}</span>
    <span aria-hidden="true">{text}</span>
    <span aria-hidden="true">{text}</span>
  </div>
)
