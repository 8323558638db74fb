import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { recordWords } from './src/domain/ledger/recordWords.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The browser is told to ask nobody for anything and to run nothing but this script. */
const policyFor = (script: string, style: string): string =>
  [
    `default-src 'none'`,
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(style)}`,
    'img-src blob: data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')

const put = (html: string, place: string, text: string): string => {
  if (!html.includes(place)) throw new Error(`the page has no ${place}`)
  return html.replace(place, () => text)
}

/** Script and style into the page itself: one file that opens without a server. */
const onePage = (template: string): Plugin => ({
  name: 'one-page',
  // After Vite has put its styles together.
  enforce: 'post',
  buildStart() {
    this.addWatchFile(template)
  },
  generateBundle(_options, bundle) {
    let [script, style] = ['', '']
    for (const [name, file] of Object.entries(bundle)) {
      if (file.type === 'chunk') script += file.code
      else style += String(file.source)
      delete bundle[name]
    }
    if (script === '' || style === '') throw new Error('the page needs a script and a style')
    // Inside an element these would end it or begin a comment.
    if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('the script would end the page')
    const filled = [
      ['<!-- policy -->', `<meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}" />`],
      ['<!-- style -->', `<style>${style}</style>`],
      ['<!-- script -->', `<script>${script}</script>`],
    ].reduce((html, [place = '', text = '']) => put(html, place, text), readFileSync(template, 'utf8'))
    this.emitFile({ type: 'asset', fileName: 'index.html', source: filled })
  },
})

/** The verifier for a layman: one HTML file, dist/web/verify/index.html, for whatever browser is at hand. */
export default defineConfig({
  root: at('src/web/verify'),
  publicDir: false,
  define: { RECORD_WORDS: JSON.stringify(recordWords()) },
  plugins: [onePage(at('src/web/verify/index.html'))],
  build: {
    outDir: at('dist/web/verify'),
    emptyOutDir: true,
    // A phone that gets no updates any more; `oldBrowser.ts` adds what syntax alone does not bring.
    target: 'chrome80',
    cssTarget: 'chrome80',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: at('src/web/verify/main.ts'), output: { format: 'iife' } },
  },
})
