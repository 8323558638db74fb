import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { startSequencer } from '#server/ledger/sequencer.ts'
import { type OpenPlatform, openPlatform } from '#server/open.ts'
import { realClock } from '#server/platform/clock.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { hazardLife } from '#tests/load/hazardLife.ts'

/**
 * One side of the bench in a process of its own: the platform as it runs, without HTTP. Told to run it writes hazards'
 * lives straight through `execute`; told to pace it writes so many acts a second and says when each was signed for.
 */
const asked = z.object({
  appUrl: z.string(),
  sequencerUrl: z.string(),
  log: z.boolean(),
  clients: z.number(),
})

const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('run'), seconds: z.number() }),
  z.object({ do: z.literal('pace'), seconds: z.number(), perSecond: z.number() }),
  z.object({ do: z.literal('end') }),
])

type Mine = { readonly mineId: string; readonly personId: string; readonly actor: Actor }

const openMines = async (platform: OpenPlatform, count: number): Promise<readonly Mine[]> => {
  const put = async (act: string, tenantId: string, streamId: string, body: Record<string, unknown>) => {
    const done = await platform.execute(setupActor('140404'), { id: uuidv7(), tenantId, streamId, act, body })
    if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  }
  const company = uuidv7()
  await put('company.put', company, company, {
    name: '测试矿业有限公司',
    creditCode: '91110000600037341L',
    div: '140404',
  })
  const mines: Mine[] = []
  for (let index = 1; index <= count; index += 1) {
    const [mineId, personId, accountId] = [uuidv7(), uuidv7(), uuidv7()]
    await put('mine.put', mineId, mineId, {
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
    await put('person.put', mineId, personId, { post: '安全副矿长', active: true })
    const actor: Actor = {
      accountId,
      personId,
      homeTenantId: mineId,
      role: 'safetyDeputy',
      scope: { kind: 'tenants', ids: [mineId] },
    }
    mines.push({ mineId, personId, actor })
  }
  return mines
}

const given = asked.parse(JSON.parse(process.argv[2] ?? ''))
const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-side-'))
const log = pino({ level: 'error' }, pino.destination(2))
const platform = await openPlatform({
  database: {
    kind: 'given',
    adminUrl: undefined,
    appUrl: given.appUrl,
    sequencerUrl: given.sequencerUrl,
    stop: async () => undefined,
  },
  dataDir,
  log,
  clock: realClock,
  work: false,
  connections: given.clients + 4,
})
const signed: { readonly size: number; readonly at: number }[] = []
const sequencer = given.log
  ? startSequencer({
      url: given.sequencerUrl,
      identity: platform.ledger.identity,
      keys: platform.ledger.keys,
      secondFolder: platform.ledger.secondFolder,
      log,
      now: realClock.now,
      onSigned: ({ size }) => signed.push({ size, at: performance.now() }),
    })
  : undefined
const mines = await openMines(platform, given.clients)

const act = async (mine: Mine, command: ReturnType<typeof hazardLife>[number]) => {
  const done = await platform.execute(mine.actor, { ...command, act: `hazard.${command.act}` })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  return done.value.receipt
}

const run = async (seconds: number) => {
  const began = performance.now()
  const until = began + seconds * 1_000
  const times = await Promise.all(
    mines.map(async (mine) => {
      const milliseconds: number[] = []
      while (performance.now() < until)
        for (const command of hazardLife(mine)) {
          const sent = performance.now()
          await act(mine, command)
          milliseconds.push(performance.now() - sent)
        }
      return milliseconds
    }),
  )
  return { seconds: (performance.now() - began) / 1_000, milliseconds: times.flat() }
}

/** Starts lives at an even pace; each act waits for the one before it in its own life alone. */
const pace = async (seconds: number, perSecond: number) => {
  const sentAt: { readonly leaf: string; readonly at: number }[] = []
  const acknowledged: number[] = []
  const living: Promise<void>[] = []
  const live = async (mine: Mine): Promise<void> => {
    for (const command of hazardLife(mine)) {
      const at = performance.now()
      const receipt = await act(mine, command)
      acknowledged.push(performance.now() - at)
      for (const { leafHash } of receipt.events) sentAt.push({ leaf: leafHash, at })
    }
  }
  const began = performance.now()
  for (let index = 0; index < (seconds * perSecond) / 5; index += 1) {
    const due = began + (index * 5 * 1_000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    const mine = mines[index % mines.length]
    if (mine) living.push(live(mine))
  }
  await Promise.all(living)
  const took = (performance.now() - began) / 1_000
  if (!given.log) return { seconds: took, milliseconds: acknowledged, signed: [] }
  await sleep(2_000)
  const pool = createPool(given.appUrl, { max: 1 })
  const { rows } = await pool.query<{ idx: number; leaf: string }>(
    `select idx, encode(leaf_hash, 'hex') as leaf from ledger.entry where log = 1`,
  )
  await pool.end()
  const indexOf = new Map(rows.map(({ idx, leaf }) => [leaf, idx]))
  const heads = [...signed].sort((a, b) => a.size - b.size)
  const untilSigned = sentAt.map(({ leaf, at }) => {
    const index = indexOf.get(leaf)
    const head = index === undefined ? undefined : heads.find(({ size }) => size > index)
    return head ? head.at - at : Number.POSITIVE_INFINITY
  })
  return { seconds: took, milliseconds: acknowledged, signed: untilSigned }
}

const answer = (content: unknown): void => {
  process.send?.(content)
}

process.on('message', async (message) => {
  const told = order.parse(message)
  if (told.do === 'run') answer(await run(told.seconds))
  else if (told.do === 'pace') answer(await pace(told.seconds, told.perSecond))
  else {
    await sequencer?.stop()
    await platform.close()
    rmSync(dataDir, { recursive: true, force: true })
    process.exit(0)
  }
})
process.on('disconnect', () => process.exit(1))
answer({ ready: true })
