import { mkdir } from 'node:fs/promises'
import type { Logger } from 'pino'
import { describeProblems } from '#rulebook/problem.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { credentialsCapability } from '#server/accounts/commands.ts'
import { boardCapability } from '#server/board/commands.ts'
import { boardWorkers } from '#server/board/jobs.ts'
import { handoverCapability } from '#server/handover/commands.ts'
import { handoverWorkers } from '#server/handover/jobs.ts'
import { hazardCapability } from '#server/hazard/commands.ts'
import { hazardWorkers } from '#server/hazard/jobs.ts'
import { importingCapability } from '#server/importing/commands.ts'
import { importingWorkers } from '#server/importing/jobs.ts'
import { inspectionFolderCapability } from '#server/inspectionFolder/commands.ts'
import { forgetWorkers } from '#server/ledger/forget.ts'
import { openLedger } from '#server/ledger/ledger.ts'
import { registries } from '#server/org/commands.ts'
import { crewMeetingCapability } from '#server/paper/commands.ts'
import { type Clock, fixedClock, realClock } from '#server/platform/clock.ts'
import { type Database, migrateDatabase } from '#server/platform/database/connect.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { createExecute } from '#server/platform/execute.ts'
import { createFileStore } from '#server/platform/files/fileStore.ts'
import { createPublished } from '#server/platform/files/published.ts'
import { readInstallation } from '#server/platform/installation.ts'
import { type Jobs, queues, startJobs } from '#server/platform/jobs.ts'
import type { Platform } from '#server/platform/platform.ts'
import { readColumns } from '#server/platform/project.ts'
import { readWithin } from '#server/platform/read.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import type { Capability } from '#server/platform/stream.ts'
import { platformWorkers } from '#server/platform/workers.ts'
import { presenceCapability } from '#server/presence/commands.ts'
import { registerCapability } from '#server/register/commands.ts'
import { selfCheckCapability } from '#server/selfCheck/commands.ts'

export const capabilities: readonly Capability[] = [
  ...registries,
  credentialsCapability,
  hazardCapability,
  importingCapability,
  handoverCapability,
  boardCapability,
  crewMeetingCapability,
  inspectionFolderCapability,
  selfCheckCapability,
  presenceCapability,
  registerCapability,
]

export type OpenOptions = {
  readonly database: Database
  readonly dataDir: string
  readonly log: Logger
  readonly secure?: boolean
  /** Stands in for the installation's clock: the demo's generator and tests walk through time. */
  readonly clock?: Clock
  /** Off only in the isolation suite: row-level security alone must hold. */
  readonly checkAccess?: boolean
  /** Runs the jobs and the log's sequencer in this process too (`--services=web,worker`). */
  readonly work?: boolean
  /** The sequencer alone, on or off; left out, as `work` says. */
  readonly sequence?: boolean
  readonly connections?: number
  /** Where the caller has read it already: parsing it takes a fifth of a start. */
  readonly rulebook?: Rulebook
}

const readRulebook = async (): Promise<Rulebook> => {
  const parsed = await loadRulebook()
  if (!parsed.ok) throw new Error(`规则库有误：\n${describeProblems(parsed.problems)}`)
  return parsed.rulebook
}

export type OpenPlatform = Platform & { readonly jobs: Jobs; readonly close: () => Promise<void> }

export const version = '0.1.0'

/** Everything beneath the routes, ready to use: rulebook read and checked, database migrated, jobs started. */
export const openPlatform = async (options: OpenOptions): Promise<OpenPlatform> => {
  const { database, dataDir, log } = options
  const rulebook = options.rulebook ?? (await readRulebook())
  if (database.adminUrl !== undefined) await migrateDatabase(database, { queues })
  const pool = createPool(database.appUrl, {
    ...(options.connections && { max: options.connections }),
    onBroken: (error) => log.warn({ err: error }, 'a database connection broke'),
  })
  await mkdir(dataDir, { recursive: true })
  const files = await createFileStore(dataDir)
  const published = createPublished(dataDir, files)
  const installation = await readInstallation(pool)
  const clock = options.clock ?? (installation.clock ? fixedClock(installation.clock) : realClock)
  const jobs = await startJobs(database.appUrl, log)
  const ledger = await openLedger({
    pool,
    dataDir,
    log,
    sequencerUrl: database.sequencerUrl,
    sequence: options.sequence ?? options.work ?? true,
    now: realClock.now,
  })
  const execute = createExecute({
    pool,
    clock,
    rulebook,
    capabilities,
    columns: await readColumns(pool),
    jobs,
    signer: ledger.identity.keyGone ? undefined : ledger.identity.signer,
    demo: installation.demo,
    checkAccess: options.checkAccess ?? true,
  })
  if (options.work !== false)
    await jobs.work([
      ...platformWorkers(pool, published),
      ...hazardWorkers(execute),
      ...handoverWorkers(readWithin(pool), execute),
      ...boardWorkers(execute),
      ...importingWorkers(pool, execute),
      ...forgetWorkers(pool, ledger.secondFolder),
    ])
  return {
    pool,
    read: readWithin(pool),
    execute,
    clock,
    realClock,
    rulebook,
    files,
    published,
    ledger,
    demo: installation.demo,
    secure: options.secure ?? false,
    version,
    jobs,
    close: async () => {
      await jobs.stop()
      await ledger.stop()
      await pool.end()
    },
  }
}
