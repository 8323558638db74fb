import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveDatabase } from './connect.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { createPool, type DatabasePool } from './pool.ts'

const log = pino({ level: 'silent' })

let home: string
let running: Embedded[]
let children: ChildProcess[]

const start = async (dataDir: string): Promise<Embedded> => {
  const embedded = await startEmbedded({ dataDir, log })
  running.push(embedded)
  return embedded
}

/** What the refusal says; a start that succeeds is the failure of the test. */
const refusalOf = async (dataDir: string): Promise<string> => {
  try {
    await start(dataDir)
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
  throw new Error('started')
}

const withPool = async <T>(url: string, work: (pool: DatabasePool) => Promise<T>): Promise<T> => {
  const pool = createPool(url)
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

const note = (url: string, text: string) =>
  withPool(url, async (pool) => {
    await pool.query('create table if not exists kept (text text primary key)')
    await pool.query('insert into kept values ($1)', [text])
  })

const notes = (url: string) =>
  withPool(url, async (pool) => (await pool.query('select text from kept order by text')).rows.map((row) => row.text))

/** Another program on the folder: a Node process of its own. Resolves once its database answers. */
const anotherProgram = async (dataDir: string): Promise<ChildProcess> => {
  const module = fileURLToPath(new URL('./embedded.ts', import.meta.url))
  const script = `
    import pino from 'pino'
    const { startEmbedded } = await import(${JSON.stringify(module)})
    const { adminUrl, stop } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: pino({ level: 'silent' }) })
    process.once('SIGTERM', async () => {
      await stop()
      process.exit()
    })
    process.send(adminUrl)
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  children.push(child)
  await once(child, 'message')
  return child
}

/** A killed process stays on as a zombie until init looks after it: that is not running. */
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

const eventually = async <T>(work: () => Promise<T>): Promise<T> => {
  const until = Date.now() + 20_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bihuan-embedded-'))
  running = []
  children = []
})
afterEach(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await once(child, 'exit')
  await Promise.all(running.map((embedded) => embedded.stop()))
  rmSync(home, { recursive: true, force: true })
})

describe('the database in the data folder', () => {
  it('keeps what was written when it is stopped and started again', async () => {
    const first = await start(home)
    await note(first.adminUrl, '一')
    await first.stop()
    const second = await start(home)
    expect(await notes(second.adminUrl)).toEqual(['一'])
  })

  it('is the one used when DATABASE_URL is not set', async () => {
    const database = await resolveDatabase({ env: {}, dataDir: home, log })
    try {
      expect(database.kind).toBe('embedded')
      expect((await withPool(database.appUrl, (pool) => pool.query('select current_user as role'))).rows).toEqual([
        { role: 'bihuan_app' },
      ])
    } finally {
      await database.stop()
    }
  })

  it('has checksums, fsync and Chinese order, listens on no network, and keeps its files to its user', async () => {
    const { adminUrl } = await start(home)
    await withPool(adminUrl, async (pool) => {
      const { rows } =
        await pool.query(`select current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
        current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit,
        current_setting('listen_addresses') as listens, current_setting('server_encoding') as encoding`)
      expect(rows).toEqual([{ checksums: 'on', fsync: 'on', pages: 'on', commit: 'on', listens: '', encoding: 'UTF8' }])
      const sorted = await pool.query(
        `select string_agg(name, '' order by name) as names from unnest('{张,王,安,李,陈}'::text[]) name`,
      )
      expect(sorted.rows).toEqual([{ names: '安陈李王张' }])
    })
    const modeOf = (name: string) => statSync(join(home, name)).mode & 0o777
    expect([modeOf(''), modeOf('postgres'), modeOf('secrets.json')]).toEqual([0o700, 0o700, 0o600])
  })

  it('says so when its passwords are gone', async () => {
    await (await start(home)).stop()
    rmSync(join(home, 'secrets.json'))
    expect(await refusalOf(home)).toMatch(/^DatabaseTrouble: .*secrets\.json 不见了/)
  })

  it('is begun again when the first making of it was broken off', async () => {
    mkdirSync(join(home, 'postgres.new', 'base'), { recursive: true })
    writeFileSync(join(home, 'postgres.new', 'PG_VERSION'), '18\n')
    const { adminUrl } = await start(home)
    await note(adminUrl, '一')
    expect(existsSync(join(home, 'postgres.new'))).toBe(false)
  })
})

describe('a second start on the same folder', () => {
  it('is refused in one line that says who holds it and since when', async () => {
    await start(home)
    const refusal = await refusalOf(home)
    expect(refusal).toMatch(
      new RegExp(
        `^DatabaseTrouble: 数据文件夹 ${home} 正由另一个闭环程序使用（进程 ${process.pid}，\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d 起）；`,
      ),
    )
    expect(refusal).not.toContain('\n')
  })

  it('is refused to another program too, and leaves the first one working', async () => {
    const first = await anotherProgram(home)
    expect(await refusalOf(home)).toContain(`进程 ${first.pid}`)
    expect(first.exitCode).toBeNull()
  })
})

describe('kill -9', () => {
  it('of the database: it comes back by itself with every committed row', async () => {
    const embedded = await start(home)
    await withPool(embedded.adminUrl, async (pool) => {
      await pool.query('create table kept (text text primary key)')
      for (let round = 1; round <= 3; round += 1) {
        await pool.query('insert into kept values ($1)', [`第 ${round} 次`])
        const killed = embedded.pid()
        process.kill(killed, 'SIGKILL')
        await eventually(async () => {
          expect(embedded.pid()).not.toBe(killed)
          await pool.query('select 1')
        })
        expect((await pool.query('select count(*) as count from kept')).rows).toEqual([{ count: round }])
      }
    })
  })

  it('of the program: the next start stops the database left behind and finds every committed row', async () => {
    const program = await anotherProgram(home)
    const orphan = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    program.kill('SIGKILL')
    await once(program, 'exit')
    expect(runs(orphan)).toBe(true)
    const next = await start(home)
    expect(runs(orphan)).toBe(false)
    await note(next.adminUrl, '一')
    expect(await notes(next.adminUrl)).toEqual(['一'])
  })

  it('of both, and the number of the dead database meanwhile another program’s: that one is left alone', async () => {
    const program = await anotherProgram(home)
    const pidFile = join(home, 'postgres', 'postmaster.pid')
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    program.kill('SIGKILL')
    process.kill(Number(lines[0]), 'SIGKILL')
    await once(program, 'exit')
    const bystander = spawn('sleep', ['60'])
    children.push(bystander)
    writeFileSync(pidFile, [String(bystander.pid), ...lines.slice(1)].join('\n'))
    const next = await start(home)
    await note(next.adminUrl, '一')
    expect(bystander.exitCode).toBeNull()
    expect(bystander.signalCode).toBeNull()
  })
})

describe('a place that is hard to live in', () => {
  it('is a path longer than a socket may have', async () => {
    const long = join(home, '很长的文件夹名'.repeat(6), 'a'.repeat(120), '数据')
    expect(Buffer.byteLength(long)).toBeGreaterThan(107)
    const { adminUrl } = await start(long)
    await note(adminUrl, '一')
    expect(await notes(adminUrl)).toEqual(['一'])
  })

  it('is a folder below one that only root may enter', async () => {
    // For an ordinary user this is a private folder of his own; for root, one that the account PostgreSQL runs as cannot enter.
    const closed = join(home, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    chmodSync(closed, 0o700)
    const dataDir = join(closed, 'data')
    const first = await start(dataDir)
    await note(first.adminUrl, '一')
    process.kill(first.pid(), 'SIGKILL')
    await eventually(() => note(first.adminUrl, '三'))
    await first.stop()
    const second = await start(dataDir)
    expect(await notes(second.adminUrl)).toEqual(['三', '一'])
  })
})
