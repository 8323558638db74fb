import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { verifierPath } from '#contract/ledger.ts'
import type { Platform } from '#server/platform/platform.ts'
import { fillTrust, policyOfPage } from '#translog/trust.ts'
import { trustIn } from './trusted.ts'

/** Which log's keys, of those one after another; the present one where nobody says. */
const numberIn = (query: unknown, present: number): number => {
  const asked = typeof query === 'object' && query !== null && 'log' in query ? Number(query.log) : present
  return Number.isInteger(asked) && asked > 0 && asked < 1_000_000 ? asked : present
}

/** GET /verify: the verifier with the keys of this log in it, for anybody, to be kept and opened without a server. */
export const serveVerifierPage = async (
  app: FastifyInstance,
  { pool, ledger }: Platform,
  webRoot: string,
): Promise<void> => {
  const built = join(webRoot, 'verify', 'index.html')
  if (!existsSync(built)) return
  const { number, signer } = ledger.identity
  app.get(verifierPath, async (request, reply) => {
    const html = await readFile(built, 'utf8')
    const policy = policyOfPage(html)
    const trust = await trustIn(pool, numberIn(request.query, number), signer)
    return (
      reply
        .header('content-type', 'text/html; charset=utf-8')
        // The page's own, which names the one script that may run; the house's would let none run that stands in a page.
        .header('content-security-policy', [policy ?? `default-src 'none'`, `frame-ancestors 'none'`].join('; '))
        .header('cache-control', 'no-cache')
        .send(fillTrust(html, trust))
    )
  })
}
