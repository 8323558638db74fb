import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { type AccountRouteOptions, accountRoutes } from '#server/accounts/routes.ts'
import { findCaller } from '#server/accounts/sessions.ts'
import { beforeSigningRoutes } from '#server/beforeSigning/routes.ts'
import { servePublicBoards } from '#server/board/publicPage.ts'
import { boardRoutes } from '#server/board/routes.ts'
import { dutyRecordRoutes } from '#server/dutyRecord/routes.ts'
import { fileRoutes } from '#server/files/routes.ts'
import { serveGuide } from '#server/guide/guidePages.ts'
import { handoverRoutes } from '#server/handover/routes.ts'
import { hazardRoutes } from '#server/hazard/routes.ts'
import { homeRoutes } from '#server/home/routes.ts'
import { importingRoutes } from '#server/importing/routes.ts'
import { inspectionFolderRoutes } from '#server/inspectionFolder/routes.ts'
import { publicLog } from '#server/ledger/publicLog.ts'
import { ledgerRoutes } from '#server/ledger/routes.ts'
import { serveVerifierPage } from '#server/ledger/verifierPage.ts'
import { noticeRoutes } from '#server/notice/routes.ts'
import { orgRoutes } from '#server/org/routes.ts'
import { paperRoutes } from '#server/paper/routes.ts'
import { createApp } from '#server/platform/http/app.ts'
import type { Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { presenceRoutes } from '#server/presence/routes.ts'
import { registerRoutes } from '#server/register/routes.ts'
import { selfCheckRoutes } from '#server/selfCheck/routes.ts'
import { statisticsRoutes } from '#server/statistics/routes.ts'

const webRoot = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** Every route of every capability; the access matrix and OpenAPI walk this list. */
export const allRoutes = (platform: Platform, accounts: AccountRouteOptions): readonly Mounted[] => [
  ...accountRoutes(platform, accounts),
  ...orgRoutes(platform),
  ...hazardRoutes(platform),
  ...registerRoutes(platform),
  ...statisticsRoutes(platform),
  ...fileRoutes(platform),
  ...homeRoutes(platform),
  ...dutyRecordRoutes(platform),
  ...handoverRoutes(platform),
  ...noticeRoutes(platform),
  ...ledgerRoutes(platform),
  ...importingRoutes(platform),
  ...boardRoutes(platform),
  ...paperRoutes(platform),
  ...inspectionFolderRoutes(platform),
  ...beforeSigningRoutes(platform),
  ...selfCheckRoutes(platform),
  ...presenceRoutes(platform),
]

/** Hashed assets may be kept for a year. */
const serveAssets = async (app: FastifyInstance): Promise<void> => {
  await app.register(staticFiles, {
    root: join(webRoot, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: true,
  })
}

/** Both web entries route by themselves: any address outside the API shows the page, always asked anew. */
const showPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
  if (request.method !== 'GET' || request.url.startsWith('/api/')) return undefined
  const entry = /^\/m(\/|$|\?)/.test(request.url) ? 'field' : 'desk'
  return reply
    .header('cache-control', 'no-cache')
    .sendFile('index.html', join(webRoot, entry), { maxAge: 0, immutable: false })
}

export type WebOptions = AccountRouteOptions & { readonly log: Logger; readonly checkAccess?: boolean }

export const createWeb = async (platform: Platform, options: WebOptions): Promise<FastifyInstance> =>
  createApp({
    mounted: allRoutes(platform, options),
    log: options.log,
    secure: platform.secure,
    checkAccess: options.checkAccess ?? true,
    authenticate: (token) => findCaller(platform.pool, token, platform.realClock.now()),
    register: async (app) => {
      await publicLog(app, platform)
      await serveGuide(app)
      await servePublicBoards(app, platform)
      if (!existsSync(webRoot)) return
      await serveAssets(app)
      await serveVerifierPage(app, platform, webRoot)
    },
    ...(existsSync(webRoot) && { showPage }),
  })
