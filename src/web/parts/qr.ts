import { encode } from 'uqr'
import { code } from '#web/parts/theme.ts'

/** Blank modules around a code (ISO/IEC 18004 asks for four). */
const quietZone = 4

/** A QR code as one SVG path over a square of `size` modules, its quiet zone included. M: up to 15 % may be dirt. */
export const qrPath = (text: string): { readonly size: number; readonly path: string } => {
  const { size, data } = encode(text, { ecc: 'M', boostEcc: false, border: quietZone })
  const runs: string[] = []
  data.forEach((row, y) => {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x += 1
      runs.push(`M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`)
    }
  })
  return { size, path: runs.join('') }
}

/** The same as an SVG document, `pixels` wide, black on white. */
export const qrSvg = (text: string, pixels: number): string => {
  const { size, path } = qrPath(text)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${pixels}" height="${pixels}" shape-rendering="crispEdges">`,
    `<path d="M0 0h${size}v${size}h-${size}z" fill="${code.light}"/><path d="${path}" fill="${code.dark}"/></svg>`,
  ].join('')
}
