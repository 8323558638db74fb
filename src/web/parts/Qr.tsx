import { useMemo } from 'react'
import { qrPath } from '#web/parts/qr.ts'
import { code } from '#web/parts/theme.ts'

/** A QR code, black on white whatever the theme; as large as its place. */
export const Qr = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { size, path } = useMemo(() => qrPath(text), [text])
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={`M0 0h${size}v${size}h-${size}z`} fill={code.light} />
      <path d={path} fill={code.dark} />
    </svg>
  )
}
