import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import type { Route } from '#contract/route.ts'
import { may } from '#domain/access/policy.ts'
import type { Refusal } from '#domain/refusal.ts'
import { isAway } from '#server/platform/database/away.ts'
import type { Caller, Mounted } from '#server/platform/http/mounted.ts'
import { openApi } from '#server/platform/http/openApi.ts'
import { databaseAway, faultOf, problemOf } from '#server/platform/problems.ts'

export type AppOptions = {
  readonly mounted: readonly Mounted[]
  readonly log: Logger
  readonly secure: boolean
  readonly checkAccess: boolean
  readonly authenticate: (token: string) => Promise<Caller | undefined>
  readonly register?: (app: FastifyInstance) => Promise<void>
  /** Answers an address that is no route with a page, where it is one. */
  readonly showPage?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined
}

export const cookieName = (secure: boolean): string => (secure ? '__Host-bihuan' : 'bihuan')

const bearer = (header: string | undefined): string | undefined => /^Bearer (\S+)$/.exec(header ?? '')?.[1]

const refuseWith = (reply: FastifyReply, refusal: Refusal) => {
  const problem = problemOf(refusal)
  return reply.status(problem.status).type('application/problem+json').header('cache-control', 'no-store').send(problem)
}

/** What the HTTP layer itself turns away, before a route sees it. */
const badRequests: Readonly<Record<number, Refusal>> = {
  413: { code: 'request-too-large', message: '提交的内容太大', remedy: '分几次提交；照片和文件请用上传' },
  415: { code: 'not-json', message: '提交的内容不是 JSON', remedy: '用本系统页面或命令行提交' },
  429: { code: 'too-many-requests', message: '请求太频繁', remedy: '稍等片刻再试' },
}

const malformed: Refusal = { code: 'invalid-input', message: '请求的格式不对', remedy: '刷新页面后重试' }

const nowhere = (request: FastifyRequest): Refusal => ({
  code: 'not-found',
  message: `没有这个地址：${request.url.split('?')[0]}`,
  remedy: '核对地址；从首页重新进入',
})

const foreignOrigin: Refusal = {
  code: 'foreign-origin',
  message: '请求来自别的网站',
  remedy: '在本系统页面里操作',
}

/** A browser that carries the cookie must come from our own pages; a bearer token needs no such proof. */
const comesFromElsewhere = (request: FastifyRequest): boolean => {
  if (request.method === 'GET' || bearer(request.headers.authorization)) return false
  const { origin } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] === 'cross-site'
  // A sandboxed frame sends the word null; what is no address of ours is foreign.
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host
}

/** Where a password or a setup code can be guessed: held to a pace that an office behind one address never reaches. */
const guessable = ({ access, method }: Route): boolean => access === 'public' && method !== 'GET'

/** The HTTP face: every route of the contract, one way to sign in, one way to refuse. */
export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = options.log
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    // Behind a proxy on this machine each caller is paced by his own address, not all of them by the proxy's.
    trustProxy: options.secure ? 'loopback' : false,
    genReqId: () => crypto.randomUUID(),
    frameworkErrors: (_error, _request, reply) => refuseWith(reply, malformed),
  })
  // A county's line is slow and shared; pages and lists travel at a quarter of their size.
  await app.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    hsts: options.secure,
  })
  await app.register(rateLimit, { global: false })
  await app.register(multipart, { limits: { files: 1, fileSize: 210 * 1_048_576, fields: 4 } })

  const callerOf = async (request: FastifyRequest): Promise<Caller | undefined> => {
    const token = bearer(request.headers.authorization) ?? request.cookies[cookieName(options.secure)]
    return token ? options.authenticate(token) : undefined
  }

  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
    if (typeof status === 'number' && status >= 400 && status < 500)
      return refuseWith(reply, badRequests[status] ?? malformed)
    if (isAway(error)) {
      request.log.warn({ err: error, requestId: request.id }, 'the database is away')
      return refuseWith(reply, databaseAway)
    }
    request.log.error({ err: error, requestId: request.id }, 'fault')
    const fault = faultOf(request.id)
    return reply.status(fault.status).type('application/problem+json').send(fault)
  })

  for (const { route, answer } of options.mounted) {
    app.route({
      method: route.method,
      url: route.path,
      config: guessable(route) ? { rateLimit: { max: 120, timeWindow: '1 minute' } } : {},
      handler: async (request, reply) => {
        if (comesFromElsewhere(request)) return refuseWith(reply, foreignOrigin)
        const caller = await callerOf(request)
        if (typeof route.access === 'object' && caller && options.checkAccess) {
          const allowed = may(caller.actor, route.access.act)
          if (!allowed.ok) return refuseWith(reply, allowed.refusal)
        }
        const outcome = await answer(request, reply, caller)
        if (!outcome.ok) return refuseWith(reply, outcome.refusal)
        reply.header('cache-control', 'no-store')
        return reply.send(outcome.value)
      },
    })
  }

  const described = openApi(options.mounted.map(({ route }) => route))
  app.get('/api/openapi.json', async (_request, reply) => reply.send(described))
  app.setNotFoundHandler((request, reply) => options.showPage?.(request, reply) ?? refuseWith(reply, nowhere(request)))
  await options.register?.(app)
  return app
}
