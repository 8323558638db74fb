import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isAway } from '#server/platform/database/away.ts'
import type { Platform } from '#server/platform/platform.ts'
import { knownLog, vkeysOf } from './knownLogs.ts'
import { lastCheckpoint, publicTile } from './publicTree.ts'
import type { TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'
import { cosignCheckpoint } from './witness/cosignCheckpoint.ts'

const plainText = 'text/plain; charset=utf-8'
const tileType = 'application/octet-stream'

/** A second: what is signed on is seen at once, and a crowd does not ask the database one by one. */
const momentary = 'public, max-age=1, must-revalidate'
/** Under the log's own number nothing ever changes. */
const forEver = 'public, max-age=31536000, immutable'
/** Under /log stands whichever log is the last: were a new one begun, a kept tile of the old one would look like tampering. */
const aWhile = 'public, max-age=300'

const mostBytes = 64 * 1024
/** Read from a page or copied whole by a stranger; asked by a log once a second at the most. */
const read = { config: { rateLimit: { max: 1_200, timeWindow: '1 minute' } } }
const ask = { config: { rateLimit: { max: 240, timeWindow: '1 minute' } } }

const say = (reply: FastifyReply, status: number, words: string): FastifyReply =>
  reply.status(status).type(plainText).header('cache-control', 'no-store').send(`${words}\n`)

const nowhere = (reply: FastifyReply): FastifyReply => say(reply, 404, '存证里没有这个地址，或者这一块还没有签进快照')

const contents = `存证，任何人可查，不用登录（格式：C2SP tlog-tiles、tlog-checkpoint、tlog-cosignature、tlog-witness）

/log/checkpoint             最后一份签名的快照，附联署
/log/tile/<层>/<号>         树的散列
/log/tile/entries/<号>      每一条的承诺（没有内容）
/log/vkeys                  存证公钥和联署方公钥
/log/<第几套>/…             每一套存证的同样这些，永不改变
POST /log/add-checkpoint    给别的存证联署
`

const words: Readonly<Record<number, string>> = {
  413: '请求太大',
  429: '请求太频繁，稍等片刻再试',
}

const answerFault = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (typeof status === 'number' && status >= 400 && status < 500)
    return say(reply, status, words[status] ?? '请求的格式不对')
  if (isAway(error)) return say(reply, 503, '数据库暂时连不上，稍后再试')
  request.log.error({ err: error, requestId: request.id }, 'fault')
  return say(reply, 500, error instanceof LedgerTrouble ? error.message : '出了故障，已记入日志')
}

const etagOf = (text: string): string => `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

const sendText = (request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply => {
  const etag = etagOf(text)
  reply.header('etag', etag).header('cache-control', momentary)
  if (request.headers['if-none-match'] === etag) return reply.status(304).send()
  return reply.type(plainText).send(text)
}

/** What a log's address stands for: its own number, or the last one there is. */
type Addressed = { readonly log: (request: FastifyRequest) => Promise<number | undefined>; readonly fixed: boolean }

const params = z.object({ number: z.coerce.number().optional(), '*': z.string().optional() })
const numberIn = (request: FastifyRequest): number | undefined => params.parse(request.params).number
const restIn = (request: FastifyRequest): string => params.parse(request.params)['*'] ?? ''

/**
 * The public face of the log, and our window as a witness: plain bodies, no sign-in, nothing of the JSON contract. Any
 * page may read it; that is what it is for.
 */
export const publicLog = async (app: FastifyInstance, platform: Platform): Promise<void> => {
  const { pool, ledger, realClock } = platform
  const { writer } = ledger

  const serveLog = (scope: FastifyInstance, prefix: string, { log, fixed }: Addressed): void => {
    const treeOf = async (request: FastifyRequest): Promise<TreeName | undefined> => {
      const number = await log(request)
      return number === undefined ? undefined : { log: number, hash: 'sha256' }
    }

    const sendTile =
      (folder: 'tile' | 'tile/entries') =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        const tree = await treeOf(request)
        // The leaves stand in the outbox, which the application itself may fill and never read.
        const db = folder === 'tile' ? pool : writer
        if (!db) return say(reply, 503, '这里给不出存证的内容：请系统管理员设置 DATABASE_SEQUENCER_URL')
        const shown = tree && (await publicTile(db, tree, `${folder}/${restIn(request)}`))
        if (!shown) return nowhere(reply)
        return reply
          .type(tileType)
          .header('cache-control', fixed ? forEver : aWhile)
          .send(Buffer.from(shown.bytes))
      }

    scope.get(`${prefix}/checkpoint`, { ...read, compress: false }, async (request, reply) => {
      const tree = await treeOf(request)
      const text = tree && (await lastCheckpoint(pool, tree))
      return text === undefined ? say(reply, 404, '还没有签过快照') : sendText(request, reply, text)
    })
    scope.get(`${prefix}/vkeys`, read, async (request, reply) => {
      const number = await log(request)
      const text = number === undefined ? undefined : await vkeysOf(pool, ledger.identity, number)
      return text === undefined ? nowhere(reply) : sendText(request, reply, text)
    })
    scope.get(`${prefix}/tile/entries/*`, read, sendTile('tile/entries'))
    // Hashes do not compress.
    scope.get(`${prefix}/tile/*`, { ...read, compress: false }, sendTile('tile'))
  }

  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') return
        reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
      })
      scope.setErrorHandler(answerFault)
      scope.setNotFoundHandler((_request, reply) => nowhere(reply))
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) =>
        done(null, body),
      )

      scope.get('/', read, async (_request, reply) => say(reply, 200, contents.trimEnd()))
      serveLog(scope, '', { log: () => knownLog(pool, ledger.identity), fixed: false })
      serveLog(scope, '/:number(^[1-9]\\d{0,5}$)', {
        log: (request) => knownLog(pool, ledger.identity, numberIn(request)),
        fixed: true,
      })

      scope.post('/add-checkpoint', { ...ask, bodyLimit: mostBytes }, async (request, reply) => {
        if (!writer) return say(reply, 503, '这里不能联署：请系统管理员设置 DATABASE_SEQUENCER_URL')
        if (ledger.identity.keyGone) return say(reply, 503, '这里的密钥文件不见了，暂时不能联署')
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0)
        const answer = await cosignCheckpoint(
          {
            pool: writer,
            witness: ledger.keys.witness,
            ownLog: ledger.identity.number,
            log: request.log,
            now: realClock.now,
          },
          body,
        )
        return reply.status(answer.status).type(answer.type).header('cache-control', 'no-store').send(answer.body)
      })
    },
    { prefix: '/log' },
  )
}
