import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Tally } from './tally.ts'

/** A fault as a careless hand could put it into the one place where leaves are written. */
type Edit = { readonly file: string; readonly from: string; readonly to: string }
type Mutation = {
  readonly what: string
  readonly edits: readonly Edit[]
  /** One of those that are tried even where there is little time. */
  readonly always?: boolean
}

const append = 'src/server/platform/append.ts'
const execute = 'src/server/platform/execute.ts'
const perRow = 'from given order by version`'
const outboxLine = `insert into ledger.outbox (leaf, leaf_hash, at, tenant, subject, version, sealing)
    select leaf, leaf_hash, $19, $1, $2, version, $23 from given order by version`

const forgottenFor = (kind: string): Mutation => ({
  what: `no leaf for streams of kind ${kind}`,
  edits: [{ file: append, from: perRow, to: `from given where $4 <> '${kind}' order by version\`` }],
})

/** Kinds of streams are the capabilities' own: one mutation each. */
export const mutationsFor = (kinds: readonly string[]): readonly Mutation[] => [
  {
    what: 'the line that writes the outbox is gone',
    always: true,
    edits: [{ file: append, from: outboxLine, to: 'select $19::timestamptz, $23::smallint' }],
  },
  ...kinds.map(forgottenFor),
  {
    what: 'a leaf for the first event of a command alone',
    always: true,
    edits: [{ file: append, from: perRow, to: 'from given order by version limit 1`' }],
  },
  {
    what: 'two leaves for the first event',
    edits: [{ file: append, from: perRow, to: 'from given, generate_series(1, 2) order by version`' }],
  },
  {
    what: 'the leaf of another event',
    always: true,
    edits: [
      {
        file: append,
        from: 'return { ...sealed, ...sealLeaf(sealed) }',
        to: 'return { ...sealed, ...sealLeaf({ ...sealed, version: sealed.version + 1 }) }',
      },
    ],
  },
  {
    what: 'a leaf over less than the whole record',
    edits: [
      {
        file: append,
        from: 'return { ...sealed, ...sealLeaf(sealed) }',
        to: 'return { ...sealed, ...sealLeaf({ ...sealed, body: {} }) }',
      },
    ],
  },
  {
    what: 'a salt that is not the one the leaf was sealed with',
    edits: [{ file: append, from: 'events.map((one) => one.salt),', to: 'events.map(() => Buffer.alloc(32)),' }],
  },
  {
    what: 'no salt kept',
    edits: [
      {
        file: append,
        from: 'select $1, $2, version, $3, salt, leaf_hash from given\n',
        to: 'select $1, $2, version, $3, salt, leaf_hash from given where false\n',
      },
    ],
  },
  {
    what: 'the leaves written outside of the transaction',
    always: true,
    edits: [
      { file: append, from: outboxLine, to: 'select $19::timestamptz, $23::smallint' },
      {
        file: execute,
        from: 'append(client, appending, sealed),',
        to: `append(client, appending, sealed),
      void pool.query(
        'insert into ledger.outbox (leaf, leaf_hash, at, tenant, subject, version, sealing) select l, h, $1, $2, $3, v, 2 from unnest($4::bytea[], $5::bytea[], $6::int[]) as g(l, h, v)',
        [now, command.tenantId, command.streamId, sealed.events.map((one) => one.leaf), sealed.events.map((one) => one.leafHash), sealed.events.map((one) => one.version)],
      ),`,
      },
    ],
  },
]

/** What must find them: every act's leaves, and the log's own account of itself. */
export const guards = ['tests/api/leaves.test.ts']

const root = fileURLToPath(new URL('../..', import.meta.url))
const copied = [
  'src',
  'tests',
  'docs',
  'templates',
  'migrations',
  'rulebook',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ message: z.string(), assertionResults: z.array(z.object({ status: z.string(), title: z.string() })) }),
  ),
})

type Ran = { readonly passed: number; readonly failed: readonly string[]; readonly broken: string }

/** Runs the guards in the copy. A file that fails before its tests counts as failed, with what it said. */
const runGuards = (folder: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const out = join(folder, 'report.json')
    rmSync(out, { force: true })
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${out}`, ...guards],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    let errors = ''
    child.stderr.on('data', (part: Buffer) => {
      errors = (errors + part.toString('utf8')).slice(-2_000)
    })
    child.once('error', reject)
    child.once('exit', () => {
      try {
        const { numPassedTests, testResults } = report.parse(JSON.parse(readFileSync(out, 'utf8')))
        const failed = testResults.flatMap(({ assertionResults }) =>
          assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
        )
        const broken = testResults.map(({ message }) => message).join(' ')
        resolve({ passed: numPassedTests, failed, broken })
      } catch {
        reject(new Error(`the tests did not run:\n${errors}`))
      }
    })
  })

/** Puts the fault in; gives what takes it out again. */
const mutate = (folder: string, { edits }: Mutation): (() => void) => {
  const before = new Map(
    edits.map(({ file }) => [join(folder, file), readFileSync(join(folder, file), 'utf8')] as const),
  )
  for (const { file, from, to } of edits) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    if (!text.includes(from)) throw new Error(`${file} no longer holds: ${from}`)
    writeFileSync(
      path,
      text.replace(from, () => to),
    )
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text)
  }
}

/**
 * Puts one fault after another into a copy of the source and asks the tests. A fault that no test notices fails the run,
 * and so does one after which the tests cannot even begin: it would show nothing about them.
 */
export const killMutants = async (tally: Tally, kinds: readonly string[], few: boolean): Promise<void> => {
  const mutations = mutationsFor(kinds).filter(({ always }) => always === true || !few)
  tally.say(`${mutations.length} faults put into the place where leaves are written; ${guards.join(', ')} must fail`)
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-mutate-'))
  try {
    for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const sound = await runGuards(folder)
    tally.check(
      'unchanged, all of them pass',
      sound.failed.length === 0 && sound.passed > 0,
      `${sound.passed} tests ${sound.failed.join(' ')} ${sound.broken}`.trim(),
    )
    // What fails of itself would seem to find every fault.
    if (sound.failed.length > 0 || sound.passed === 0) return
    for (const mutation of mutations) {
      const restore = mutate(folder, mutation)
      const { passed, failed, broken } = await runGuards(folder)
      restore()
      const how = failed.length > 0 ? `${failed.length} of ${failed.length + passed} fail: ${failed[0]}` : broken
      tally.check(mutation.what, failed.length > 0, how === '' ? 'nobody noticed' : how.split('\n')[0])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
