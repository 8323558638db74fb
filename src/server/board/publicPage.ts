import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { publicBoardPath } from '#contract/board.ts'
import type { Board, BoardLine } from '#domain/board/board.ts'
import { boardStanding, standingBoard } from '#server/board/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'

/** Of nobody's mine more is told than of one that does not exist: the same words, the same head. */
const nothing = '404\n'

const mineIdOf = z.object({ mineId: z.uuid() })

/** A minute: what was withdrawn is gone soon, and a crowd does not ask the database one by one. */
const momentary = 'public, max-age=60, must-revalidate'
const pace = { config: { rateLimit: { max: 600, timeWindow: '1 minute' } } }

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const plain = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

const cell = (label: string, text: string | undefined, name = ''): string =>
  text ? `<div${name && ` class="${name}"`}><dt>${label}</dt><dd>${plain(text)}</dd></div>` : ''

const item = (line: BoardLine): string =>
  `<li><h2>${plain(line.number)}</h2><dl>${[
    cell('部位', line.place),
    cell('隐患内容', line.content),
    cell('治理措施', line.measures),
    cell('责任岗位', line.responsible),
    cell('治理期限', line.deadline),
    cell('现状', line.overdue ? `${line.standing}，已逾期` : line.standing, line.overdue ? 'overdue' : ''),
  ].join('')}</dl></li>`

// Colours as in web/parts/theme.ts; the page asks for no other file.
const style = `body{margin:0 auto;max-width:720px;padding:16px;color:#1f2426;background:#fff;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:24px;line-height:1.3;margin:8px 0}h2{font-size:18px;margin:0}ul{list-style:none;padding:0}
li{border-top:1px solid #c3c9cb;padding:16px 0}dl{margin:8px 0 0}dl>div{display:flex;gap:8px;margin:4px 0}dt{flex:0 0 5em;color:#5a6366}dd{margin:0;overflow-wrap:anywhere}
.date{white-space:nowrap}.overdue dd{font-weight:700}.soft{color:#5a6366}a{color:#0b6e75}footer{border-top:1px solid #c3c9cb;padding-top:16px}code{font-size:14px;overflow-wrap:anywhere}
@media print{li{break-inside:avoid}}`

type Shown = { readonly board: Board; readonly digest: string; readonly on: string; readonly reference: string }

const page = ({ board, digest, on, reference }: Shown): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><title>${plain(board.mine)}重大事故隐患公示</title><style>${style}</style></head>
<body><main><h1>${plain(board.mine)}重大事故隐患公示</h1>
<p class="soft">责任单位：${plain(board.company)}。截至 <span class="date">${on}</span>。</p>
${board.lines.length === 0 ? '<p>现在没有在治理的重大事故隐患。</p>' : `<ul>${board.lines.map(item).join('')}</ul>`}
${board.more > 0 ? `<p>另有 ${board.more} 条，见企业台账。</p>` : ''}</main>
<footer><p>举报电话：<a href="tel:${plain(board.hotline)}">${plain(board.hotline)}</a></p>
<p class="soft">依据安全生产法第四十一条公示。信息公开审查：${plain(reference)}。</p>
<p class="soft">公示内容摘要 <code>${digest}</code>；印制的公示牌上写着前 8 位，印着可以核验的二维码（<a href="/verify">核验</a>）。</p></footer>
</body></html>
`

/**
 * The board for anybody, without sign-in: only where it was switched on for this mine with the reference of the
 * disclosure review (PRACTICE A9), and only what the board's own view lets out.
 */
export const servePublicBoards = async (app: FastifyInstance, platform: Platform): Promise<void> => {
  const nowhere = (reply: FastifyReply): FastifyReply =>
    reply.status(404).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(nothing)

  app.get(publicBoardPath(':mineId'), pace, async (request, reply) => {
    reply.header('x-robots-tag', 'noindex, nofollow')
    const asked = mineIdOf.safeParse(request.params)
    if (!asked.success) return nowhere(reply)
    const { mineId } = asked.data
    const { published } = await platform.read({ scope: { kind: 'tenants', ids: [mineId] } }, (scope) =>
      boardStanding(scope, mineId),
    )
    if (!published) return nowhere(reply)
    const on = businessDate(platform.clock.now())
    const found = await standingBoard(platform, mineId, on)
    if (!found) return nowhere(reply)
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', momentary)
      .send(page({ ...found, on, reference: published.reference }))
  })
}
