import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { capabilities } from '#server/open.ts'
import { realClock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/connect.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { createExecute, type Execute } from '#server/platform/execute.ts'
import { queues } from '#server/platform/jobs.ts'
import { readColumns } from '#server/platform/project.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import type { Command } from '#server/platform/stream.ts'
import { hazardLife, lifeLength } from '#tests/load/hazardLife.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { recording, refilled, type Statement } from './recordedStatements.ts'

/** The same login in another database of the same server. */
const inDatabase = (url: string, name: string): string => url.replace(/\/[^/?]*(?=\?)/, `/${name}`)

export type BareDatabase = {
  /** Commands a second over `seconds`, on as many connections as there are clients. */
  readonly run: (seconds: number) => Promise<number>
  readonly close: () => Promise<void>
}

const name = 'bare'

const must = async (execute: Execute, actor: Actor, command: Command): Promise<void> => {
  const done = await execute(actor, command)
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
}

/**
 * The database's part of a command: the very statements that execute sends for one hazard's life are recorded once for
 * each mine, then sent again and again with fresh ids, without HTTP, sign-in, validation and decision. In a database of
 * its own on the same server, so that the books of the other side stay true.
 */
export const openBareDatabase = async (
  { adminUrl, appUrl }: Pick<Database, 'adminUrl' | 'appUrl'>,
  clients: number,
): Promise<BareDatabase> => {
  if (adminUrl === undefined) throw new Error('the bench makes a database of its own: it needs the owner')
  const owner = createPool(adminUrl, { max: 1 })
  await owner.query(`create database ${name}`)
  await owner.end()
  await migrate(inDatabase(adminUrl, name), { queues })
  const pool = createPool(inDatabase(appUrl, name), { max: clients })
  const parsed = await loadRulebook()
  if (!parsed.ok) throw new Error('the rulebook does not load')
  const recorded = recording(pool)
  const execute = createExecute({
    pool: recorded.pool,
    clock: realClock,
    rulebook: parsed.rulebook,
    capabilities,
    columns: await readColumns(pool),
    jobs: {
      send: async () => {
        throw new Error('no command of the mix queues a job')
      },
    },
    signer: ed25519Signer('bench/1', randomBytes(32), nodeEd25519),
    demo: false,
    checkAccess: true,
  })

  const setup = setupActor('140404')
  const put = (id: string, act: string, body: Command['body'], tenantId = id) =>
    must(execute, setup, { id: uuidv7(), tenantId, streamId: id, act, body })
  const company = uuidv7()
  await put(company, 'company.put', { name: '测试矿业有限公司', creditCode: '91110000600037341L', div: '140404' })

  const lives: (() => readonly Statement[])[] = []
  for (let index = 1; index <= clients; index += 1) {
    const [mineId, personId, accountId] = [uuidv7(), uuidv7(), uuidv7()]
    await put(mineId, 'mine.put', {
      code: `B${index}`,
      name: `B${index} 露天矿`,
      companyId: company,
      div: '140404100',
      township: '测试镇',
      mineType: 'openPit',
      mineral: '石灰岩',
      scale: '小型',
      status: 'producing',
      inScope: true,
      scopeReason: '生产矿山',
      staffOwn: 40,
      staffContracted: 10,
      facts: {},
    })
    await put(personId, 'person.put', { post: '安全副矿长', active: true }, mineId)
    const actor: Actor = {
      accountId,
      personId,
      homeTenantId: mineId,
      role: 'safetyDeputy',
      scope: { kind: 'tenants', ids: [mineId] },
    }
    recorded.statements.length = 0
    for (const { act, ...command } of hazardLife({ mineId, personId }))
      await must(execute, actor, { ...command, act: `hazard.${act}` })
    lives.push(refilled(recorded.statements, new Set([mineId, personId, accountId]), uuidv7))
  }

  const live = async (statements: readonly Statement[]): Promise<void> => {
    const client = await pool.connect()
    try {
      for (let index = 0; index < statements.length; ) {
        // What the platform sent without waiting is sent without waiting here too.
        let end = index + 1
        while (statements[end]?.pipelined) end += 1
        await Promise.all(
          statements.slice(index, end).map(({ values, ...query }) => client.query({ ...query, values: [...values] })),
        )
        index = end
      }
    } finally {
      client.release()
    }
  }

  return {
    run: async (seconds) => {
      const began = performance.now()
      const until = began + seconds * 1_000
      const counts = await Promise.all(
        lives.map(async (life) => {
          let lived = 0
          while (performance.now() < until) {
            await live(life())
            lived += 1
          }
          return lived
        }),
      )
      const commands = counts.reduce((sum, count) => sum + count, 0) * lifeLength
      return commands / ((performance.now() - began) / 1_000)
    },
    close: () => pool.end(),
  }
}
