import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { renderToStaticMarkup } from 'react-dom/server'
import { Slip, type SlipProps } from '#web/desk/ledger/Slip.tsx'
import { cssVariables } from '#web/parts/theme.ts'

const styles = ['desk/style/base.css', 'desk/ledger/slip.css']

const styleOf = (path: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../src/web/${path}`, import.meta.url)), 'utf8')

/** The slip as a page of its own, in the desk's styles, to be printed. */
export const slipPage = async (props: SlipProps): Promise<string> => {
  const variables = Object.entries(cssVariables()).map(([name, value]) => `${name}:${value}`)
  const css = [`:root{${variables.join(';')}}`, ...(await Promise.all(styles.map(styleOf)))].join('\n')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${css}</style>${renderToStaticMarkup(<Slip {...props} />)}</html>`
}
