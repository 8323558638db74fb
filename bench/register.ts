import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { openSession } from '#server/accounts/sessions.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { markInstallation } from '#server/platform/installation.ts'
import { createProgram } from '#tests/load/program.ts'
import { type Figure, percentile } from './figure.ts'
import { fill, type Size } from './register/fill.ts'
import { watchMemory } from './register/memory.ts'
import { createReader } from './register/reader.ts'
import { wrongRows } from './register/sampleRows.ts'

export type RegisterOptions = {
  readonly seconds: number
  readonly clients: number
  /** Share of the whole size: 3,000 mines, 1,000,000 hazards. */
  readonly scale: number
  /** Where the filled installation is kept, to be measured again; left out, it is made anew and removed. */
  readonly folder?: string | undefined
}

const account = z.object({
  accountId: z.string(),
  homeTenantId: z.string(),
  grant: z.object({ role: z.string(), scope: z.unknown() }),
})
const told = z.object({
  events: z.number(),
  codes: z.array(z.string()),
  officers: z.object({
    province: account,
    cities: z.array(account),
    districts: z.array(account),
    principals: z.array(account),
  }),
})

const today = '2023-09-15'

/** Words of two characters as an officer types them: some stand in every twentieth hazard, some in one of a thousand. */
const words = ['浮石', '捕尘', '补焊', '车挡', '灭火', '53', '沙袋', '47', '漏签', '61', '配电', '85']
const filters = [
  'open=true',
  'overdue=true',
  'grade=major&open=true',
  'status=rectifying&sort=due&descending=false',
  'foundFrom=2023-03-01&foundTo=2023-03-31',
  'listed=standing',
  'source=crewCheck&grade=general',
  'criterion=OP-06',
  'sort=mine&descending=false&status=closed',
  'sort=number&descending=false&grade=general&closedFrom=2023-01-01',
  'stop=any',
  '',
]

type Caller = { readonly token: string }

/** `clients` connections ask one after another for `seconds`; nothing but 200 counts. */
const ask = async (
  url: string,
  clients: number,
  seconds: number,
  next: (turn: number) => readonly [path: string, caller: Caller],
): Promise<readonly number[]> => {
  const until = performance.now() + seconds * 1_000
  let turn = 0
  const all = await Promise.all(
    Array.from({ length: clients }, async () => {
      const reader = createReader(url)
      const taken: number[] = []
      while (performance.now() < until) {
        turn += 1
        const [path, { token }] = next(turn)
        const got = await reader.get(path, token)
        if (got.status !== 200) throw new Error(`${path}: ${got.status} ${JSON.stringify(got.body())}`)
        taken.push(got.milliseconds)
      }
      reader.close()
      return taken
    }),
  )
  return all.flat()
}

const pick = <T>(items: readonly T[], turn: number): T => {
  const item = items[turn % items.length]
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}

/** Reads a download to its end, keeping the last line alone. */
const takeAway = async (url: string, token: string, body: unknown) => {
  const answer = await fetch(`${url}/api/register/exports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok || !answer.body) throw new Error(`export: ${answer.status} ${await answer.text()}`)
  const rows = Number(answer.headers.get('x-row-count'))
  let bytes = 0
  let tail = new Uint8Array()
  for await (const part of answer.body) {
    bytes += part.length
    tail = part.length >= 200 ? part.slice(-200) : Uint8Array.from([...tail, ...part].slice(-200))
  }
  return { rows, bytes, tail: new TextDecoder().decode(tail) }
}

const workbookOf = async (codes: readonly string[], rows: number): Promise<Buffer> => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['矿山编号', '发现日期', '隐患描述', '部位', '等级', '整改期限', '整改措施', '整改状态'])
  for (let at = 0; at < rows; at += 1)
    sheet.addRow([
      pick(codes, at),
      '2023-05-12',
      `第${at + 1}处防护栏杆松动`,
      `+${1000 + (at % 100)} m平台`,
      '一般',
      '2023-05-30',
      '紧固',
      '整改中',
    ])
  return Buffer.from(await book.xlsx.writeBuffer())
}

const dryRun = async (
  url: string,
  token: string,
  content: Buffer,
): Promise<{ ms: number; good: number; bad: number }> => {
  const form = new FormData()
  form.set('settings', JSON.stringify({ importId: uuidv7(), kind: 'hazards' }))
  form.set('file', new File([new Uint8Array(content)], '台账.xlsx'))
  const began = performance.now()
  const answer = await fetch(`${url}/api/imports/plan`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  const body: unknown = await answer.json()
  const ms = performance.now() - began
  if (!answer.ok) return { ms, good: 0, bad: 5_000 }
  const { counts } = z.object({ counts: z.object({ good: z.number(), bad: z.number() }) }).parse(body)
  return { ms, ...counts }
}

/**
 * The register of a province under row-level security: 3,000 mines, 1,000,000 hazards, 4,000,000 events. The server runs
 * in a process of its own on its embedded PostgreSQL as shipped; officers of districts, of cities and of the province,
 * and principals of mines ask it over HTTP.
 */
export const benchRegister = async (options: RegisterOptions): Promise<readonly Figure[]> => {
  const bench = 'register'
  const { seconds, clients, scale, folder } = options
  const size: Size = { mines: Math.round(3_000 * scale), hazards: Math.round(1_000_000 * scale), seed: 20230915 }
  if (folder) mkdirSync(folder, { recursive: true })
  const say = (text: string) => process.stderr.write(`${text}\n`)
  const program = createProgram(folder)
  const toldFile = join(program.dataDir, 'bench.json')
  const figures: Figure[] = []
  // Said at once as well: filling takes its time, and what was measured is not lost where a later part breaks off.
  const tell = (figure: Figure): void => {
    figures.push(figure)
    say(`${figure.figure}: ${Number(figure.value.toPrecision(4))} ${figure.unit}`)
  }
  const shown = (figure: string, value: number, unit: string) => tell({ bench, figure, value, unit, kind: 'shown' })
  const p95 = (figure: string, taken: readonly number[], reference?: number) =>
    tell({
      bench,
      figure: `${figure}, p95`,
      value: percentile(taken, 0.95),
      unit: 'ms',
      ...(reference === undefined ? { kind: 'shown' } : { kind: 'time', reference }),
    })
  try {
    await program.start()
    const { adminUrl, appUrl } = program.database()
    if (adminUrl === undefined) throw new Error('the bench needs the owner')
    if (!existsSync(toldFile)) {
      await markInstallation(adminUrl, { demo: true, clock: `${today}T09:00:00+08:00` })
      const began = performance.now()
      const { officers, mines, events } = await fill(adminUrl, size, say)
      say(`filled in ${Math.round((performance.now() - began) / 1_000)} s`)
      writeFileSync(toldFile, JSON.stringify({ events, officers, codes: mines.map(({ code }) => code) }))
    }
    const { events, codes, officers } = told.parse(JSON.parse(readFileSync(toldFile, 'utf8')))
    await program.stop()
    await program.start()
    const url = program.url()
    const owner = createPool(adminUrl, { max: 1, statementTimeout: 0 })
    const app = createPool(appUrl, { max: 1 })
    const signIn = async ({ accountId, homeTenantId, grant }: z.infer<typeof account>): Promise<Caller> => {
      const { rows } = await owner.query('select grants -> 0 as grant from read.account where id = $1', [accountId])
      const [row] = rows
      return {
        token: await openSession(
          app,
          { accountId, homeTenantId, login: `bench${randomUUID()}` },
          row?.grant ?? grant,
          new Date(),
        ),
      }
    }
    const some = async (accounts: readonly z.infer<typeof account>[], many: number) =>
      Promise.all(accounts.slice(0, many).map(signIn))
    const districts = await some(officers.districts, 30)
    const cities = await some(officers.cities, 11)
    const principals = await some(officers.principals, 30)
    const province = await signIn(officers.province)
    const { rows: counted } = await owner.query<{ hazards: number; events: number; mines: number }>(
      'select (select count(*)::int from read.hazard) as hazards, (select count(*)::int from core.event) as events, (select count(*)::int from read.mine) as mines',
    )
    shown('mines', counted[0]?.mines ?? 0, 'rows')
    shown('hazards', counted[0]?.hazards ?? 0, 'rows')
    shown('events', counted[0]?.events ?? events, 'rows')
    tell({
      bench,
      figure: 'rows not as folded, of 300 hazards',
      value: await wrongRows(owner, 300),
      unit: 'rows',
      kind: 'none-allowed',
    })

    const page = (filter: string) => `/api/register?limit=50${filter ? `&${filter}` : ''}`
    const search = (word: string) => `/api/register?limit=50&search=${encodeURIComponent(word)}`
    const groups = [
      ['mine', principals],
      ['district', districts],
      ['city', cities],
      ['province', [province]],
    ] as const
    await ask(url, clients, 3, (turn) => [page(pick(filters, turn)), pick(districts, turn)])
    const spent = Math.max(2, seconds / 10)
    for (const [name, callers] of groups) {
      const firstPage = await ask(url, clients, spent, (turn) => [page(pick(filters, turn)), pick(callers, turn)])
      p95(`first page with filters, ${name}`, firstPage, 100)
      const searched = await ask(url, clients, spent, (turn) => [search(pick(words, turn)), pick(callers, turn)])
      p95(`search of two characters, ${name}`, searched, 100)
    }
    p95('officer’s home, district', await ask(url, clients, spent, (turn) => ['/api/home', pick(districts, turn)]), 100)
    p95('officer’s home, city', await ask(url, clients, spent, (turn) => ['/api/home', pick(cities, turn)]))
    p95(
      'total with filters, district',
      await ask(url, clients, spent, (turn) => [
        `/api/register/total?${pick(filters, turn).replace(/&?(sort|descending)=\w+/g, '')}`,
        pick(districts, turn),
      ]),
    )
    p95(
      'statistics by mine, district',
      await ask(url, clients, spent, (turn) => ['/api/statistics', pick(districts, turn)]),
    )
    p95(
      'statistics as of a past day, province',
      await ask(url, 1, spent, () => ['/api/statistics?asOf=2023-03-31&by=month', province]),
    )

    const exportOf = async (format: 'csv' | 'xlsx') => {
      const stop = watchMemory(program.pid())
      const began = performance.now()
      const taken = await takeAway(url, province.token, {
        commandId: uuidv7(),
        format,
        columns: [
          'number',
          'mineName',
          'companyName',
          'grade',
          'place',
          'description',
          'source',
          'foundOn',
          'due',
          'status',
          'responsible',
          'measures',
          'closedOn',
        ],
        filter: { foundFrom: '2022-01-01', foundTo: '2022-08-07' },
      })
      const memory = stop()
      shown(`export to .${format}, rows`, taken.rows, 'rows')
      shown(`export to .${format}, seconds`, (performance.now() - began) / 1_000, 's')
      tell({
        bench,
        figure: `export to .${format}, added memory`,
        value: memory.highest - memory.before,
        unit: 'MB',
        reference: 150,
        kind: 'time',
      })
      if (format === 'csv' && !taken.tail.trimEnd().endsWith(`共 ${taken.rows} 行`))
        throw new Error(`the file ends with ${taken.tail}`)
    }
    await exportOf('csv')
    await exportOf('xlsx')

    const district = pick(districts, 0)
    const ofDistrict = codes.filter((_, at) => at % 110 === 0)
    const workbook = await workbookOf(ofDistrict, 5_000)
    const planned = await dryRun(url, district.token, workbook)
    shown('import of 5,000 rows, good', planned.good, 'rows')
    shown('import of 5,000 rows, bad', planned.bad, 'rows')
    tell({
      bench,
      figure: 'import of 5,000 rows, dry run',
      value: planned.ms / 1_000,
      unit: 's',
      reference: 5,
      kind: 'time',
    })
    await owner.end()
    await app.end()
    return figures
  } finally {
    await program.remove()
  }
}
