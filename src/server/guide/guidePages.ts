import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { Marked } from 'marked'

const docs = fileURLToPath(new URL('../../../docs', import.meta.url))

/** In the order in which the menu names them. */
export const guidePages = {
  '': { file: 'index.md', title: '使用说明' },
  officer: { file: 'officer.md', title: '监管人员' },
  'safety-officer': { file: 'safety-officer.md', title: '安全员' },
  principal: { file: 'principal.md', title: '主要负责人' },
  worker: { file: 'worker.md', title: '职工' },
} as const

export type GuidePage = keyof typeof guidePages

const names = Object.keys(guidePages) as GuidePage[]

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Headings can be linked to by what they say. */
const renderer = () => {
  const marked = new Marked({ gfm: true })
  marked.use({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${escaped(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      image({ href, text }) {
        return `<img src="${escaped(href)}" alt="${escaped(text)}" loading="lazy">`
      },
    },
  })
  return marked
}

const menu = (here: GuidePage): string =>
  names
    .map((name) => {
      const current = name === here ? ' aria-current="page"' : ''
      return `<a href="/docs${name && `/${name}`}"${current}>${guidePages[name].title}</a>`
    })
    .join('\n')

const pageOf = (name: GuidePage, content: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${guidePages[name].title}·闭环</title>
<link rel="stylesheet" href="/docs/guide.css">
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header><a class="brand" href="/">闭环</a><nav aria-label="使用说明">
${menu(name)}
</nav></header>
<main id="content">
${content}
</main>
</body>
</html>
`

const isPicture = /^[a-z0-9-]+\.png$/

/** The guide under /docs: Markdown of the repository, read and set once at the start; for anybody, signed in or not. */
export const serveGuide = async (app: FastifyInstance): Promise<void> => {
  const marked = renderer()
  for (const name of names) {
    const text = await readFile(join(docs, 'guide', guidePages[name].file), 'utf8')
    const html = pageOf(name, await marked.parse(text))
    app.get(`/docs${name && `/${name}`}`, (_request, reply) =>
      reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(html),
    )
  }
  const css = await readFile(join(docs, 'guide', 'guide.css'), 'utf8')
  app.get('/docs/guide.css', (_request, reply) =>
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'no-cache').send(css),
  )
  const pictures = new Set((await readdir(join(docs, 'screenshots'))).filter((name) => isPicture.test(name)))
  app.get<{ Params: { name: string } }>('/docs/pictures/:name', async ({ params: { name } }, reply) => {
    if (!pictures.has(name))
      return reply.code(404).header('content-type', 'text/plain; charset=utf-8').send('没有这张图')
    return reply
      .header('content-type', 'image/png')
      .header('cache-control', 'public, max-age=3600')
      .send(await readFile(join(docs, 'screenshots', name)))
  })
}
