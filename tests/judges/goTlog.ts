import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { flipped, type JudgedLog, judgedLog } from '#tests/judges/judgedLog.ts'
import type { Refusals } from '#tests/judges/refusals.ts'
import {
  type Case,
  cosignedCases,
  forkedCases,
  growthOf,
  honest,
  noteOf,
  recordOf,
  type Statement,
  tamperedCases,
  tampering,
} from '#tests/judges/statements.ts'
import { bundleBytes, entriesPath, tileBytes, tilePath, tilesSince, tileWidth, widthOf } from '#translog/tile.ts'

const run = promisify(execFile)
const source = fileURLToPath(new URL('./go/tlog', import.meta.url))

/** Debian's own Go packages and nothing from the network. */
const goEnvironment = (folder: string) => ({
  ...process.env,
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOCACHE: join(folder, 'cache'),
  GOFLAGS: '',
  GOPROXY: 'off',
})

const put = async (file: string, content: Uint8Array | string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

const bundleAt = (log: JudgedLog, index: number, width: number): Uint8Array =>
  bundleBytes(Array.from({ length: width }, (_, at) => log.entry(index * tileWidth + at)))

/** What a log that grew to `size` from `from` hands out, as files: tiles, its checkpoint, the entry bundles asked for. */
const layOut = async (
  folder: string,
  log: JudgedLog,
  { from, size, bundles }: { readonly from: number; readonly size: number; readonly bundles: readonly number[] },
): Promise<void> => {
  for (const at of tilesSince(from, size)) await put(join(folder, tilePath(at)), tileBytes(log.tile(at)))
  for (const index of bundles) {
    const width = widthOf(0, index, size)
    await put(join(folder, entriesPath({ index, width })), bundleAt(log, index, width))
  }
  await put(join(folder, 'checkpoints', String(size)), log.checkpoint(size))
}

const below = (limit: number): number => Math.floor(Math.random() * limit)
const upTo = (limit: number): readonly number[] => Array.from({ length: limit }, (_, index) => index + 1)

type Judge = (folder: string, log: JudgedLog, cases: readonly Case[]) => Promise<readonly string[]>

const compiled = async (folder: string): Promise<Judge> => {
  const program = join(folder, 'tlog')
  await run('go', ['build', '-o', program, '.'], { cwd: source, env: goEnvironment(folder) })
  return async (at, log, cases) => {
    const file = join(at, 'cases.jsonl')
    await writeFile(file, cases.map(({ statement }) => JSON.stringify(statement)).join('\n'))
    const { stdout } = await run(program, [at, log.signer.vkey, file], { maxBuffer: 1 << 28 })
    return stdout.trimEnd().split('\n')
  }
}

const forkOf = (log: JudgedLog, size: number, changed: number): JudgedLog =>
  judgedLog(
    Array.from({ length: size }, (_, index) => log.entry(index === changed ? size + 1 : index)),
    log.signer,
  )

const small = 300

/** Our own proofs: of every leaf up to here, then of some. Those that Go makes out of our files are of every leaf. */
const exhaustive = 130

const indexesOf = (size: number): readonly number[] =>
  size <= exhaustive
    ? upTo(size).map((one) => one - 1)
    : [0, tileWidth - 1, size - 1, ...upTo(20).map(() => below(size))].filter((index) => index < size)

const honestOfSmall = (log: JudgedLog): readonly Statement[] =>
  upTo(small).flatMap((size) => [
    noteOf(log, size),
    ...indexesOf(size).map((index) => recordOf(log, index, size)),
    ...upTo(size).map((one) => ({ kind: 'fileRecord', size, index: one - 1 }) as const),
    ...[1, size, 1 + below(size)].flatMap((older) => [
      growthOf(log, older, size),
      { kind: 'fileGrowth', size, older } satisfies Statement,
    ]),
  ])

const large = 1_000_000

const honestOfLarge = (log: JudgedLog, inFiles: readonly number[]): readonly Statement[] => [
  ...upTo(1_000).flatMap(() => {
    const size = 1 + below(large)
    return [recordOf(log, below(size), size), growthOf(log, 1 + below(size), size)]
  }),
  ...inFiles.map((index) => ({ kind: 'fileRecord', size: large, index }) as const),
]

/** golang.org/x/mod/sumdb of Debian: every tree of 1 to 300, a thousand proofs of up to a million leaves, all tampering. */
export const judgeGoTlog = async (
  say: (line: string) => void,
  refusals: Refusals,
): Promise<{ passed: number; failed: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-go-'))
  const tally = { passed: 0, failed: 0 }
  const count = (what: string, cases: readonly Case[], answers: readonly string[]): void => {
    const began = { ...tally }
    for (const [index, { class: name, statement }] of cases.entries()) {
      const answer = answers[index] ?? 'no answer'
      const right = name === 'honest' ? answer === 'accepted' : answer.startsWith('refused')
      tally[right ? 'passed' : 'failed'] += 1
      if (name !== 'honest') refusals.note(name, 'x/mod', right)
      if (!right) say(`  ✗ ${name}: ${answer}: ${JSON.stringify(statement)}`)
    }
    const accepted = cases.filter((one) => one.class === 'honest').length
    const wrong = tally.failed - began.failed
    say(`  ${what}: ${accepted} honest statements, ${cases.length - accepted} falsified, ${wrong} judged wrong`)
  }
  try {
    const judge = await compiled(folder)
    const log = judgedLog(small)
    const at = join(folder, 'small')
    for (const size of upTo(small))
      await layOut(at, log, { from: size - 1, size, bundles: upTo(Math.ceil(size / tileWidth)).map((one) => one - 1) })
    const ofSmall = [
      ...honestOfSmall(log).map(honest),
      ...upTo(small).flatMap(() => tamperedCases(log, small)),
      ...upTo(small).flatMap((size) => cosignedCases(log, size)),
      ...upTo(50).flatMap(() => {
        const [older, size] = [1 + below(200), 201 + below(99)]
        return forkedCases(log, forkOf(log, size, below(older)), older, size)
      }),
    ]
    count('trees of 1 to 300', ofSmall, await judge(at, log, ofSmall))

    const million = judgedLog(large)
    const inFiles = upTo(200).map(() => below(large))
    const bundles = [...new Set(inFiles.map((index) => Math.floor(index / tileWidth)))]
    await layOut(join(folder, 'large'), million, { from: 0, size: large, bundles })
    const ofLarge = [
      ...honestOfLarge(million, inFiles).map(honest),
      ...upTo(100).flatMap(() => tamperedCases(million, large)),
    ]
    count('up to 1,000,000 leaves', ofLarge, await judge(join(folder, 'large'), million, ofLarge))

    const fileRecord = (index: number) => ({ kind: 'fileRecord', size: small, index }) as const
    const everywhere = upTo(small).map((one) => one - 1)
    // A partial tile is what the root is made of: one bit of it, and nothing of that tree can be proven.
    for (const [path, under] of [
      ['tile/0/000', everywhere.slice(0, tileWidth)],
      ['tile/0/001.p/44', everywhere],
      ['tile/1/000.p/1', everywhere],
    ] as const) {
      const content = await readFile(join(at, path))
      await writeFile(join(at, path), flipped(content, below(8 * content.length)))
      const cases = under.map((index) => ({ class: tampering.tile, statement: fileRecord(index) }))
      count(`${path} with one bit turned`, cases, await judge(at, log, cases))
      await writeFile(join(at, path), content)
    }

    const spoilt = new Set(upTo(20).map(() => below(tileWidth)))
    const bundle = entriesPath({ index: 0, width: tileWidth })
    const entries = everywhere.slice(0, tileWidth).map((index) => log.entry(index))
    const altered = entries.map((entry, index) => (spoilt.has(index) ? flipped(entry, below(8 * entry.length)) : entry))
    await writeFile(join(at, bundle), bundleBytes(altered))
    const ofBundle = entries.map((_, index): Case => {
      return { class: spoilt.has(index) ? tampering.record : 'honest', statement: fileRecord(index) }
    })
    count(`${bundle} with a bit turned in some records`, ofBundle, await judge(at, log, ofBundle))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return tally
}
