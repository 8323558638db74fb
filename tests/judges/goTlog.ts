import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { flipped, type JudgedLog, judgedLog } from '#tests/judges/judgedLog.ts'
import type { Refusals } from '#tests/judges/refusals.ts'
import { type Case, noteOf, recordOf, tamperedCases, treeOf } from '#tests/judges/statements.ts'
import { toBase64 } from '#translog/base64.ts'
import { tileBytes, tilePath, tilesSince } from '#translog/tile.ts'

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

const layOut = async (folder: string, log: JudgedLog, size: number, sizes: readonly number[]): Promise<void> => {
  for (const at of tilesSince(0, size)) {
    const file = join(folder, tilePath(at))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, tileBytes(log.tile(at)))
  }
  await mkdir(join(folder, 'checkpoints'), { recursive: true })
  for (const one of sizes) await writeFile(join(folder, 'checkpoints', String(one)), log.checkpoint(one))
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

/** golang.org/x/mod/sumdb of Debian: every tree of 1 to 300, a thousand proofs of up to a million leaves, all tampering. */
export const judgeGoTlog = async (
  say: (line: string) => void,
  refusals: Refusals,
): Promise<{ passed: number; failed: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-go-'))
  const tally = { passed: 0, failed: 0 }
  const count = (cases: readonly Case[], answers: readonly string[]): void => {
    for (const [index, { class: name }] of cases.entries()) {
      const answer = answers[index] ?? 'no answer'
      const honest = name === 'honest'
      const right = honest ? answer === 'accepted' : answer.startsWith('refused')
      tally[right ? 'passed' : 'failed'] += 1
      if (!honest) refusals.note(name, 'x/mod tlog', right)
      if (!right) say(`  ✗ ${name} at ${index}：${answer}`)
    }
  }
  try {
    const judge = await compiled(folder)
    const small = judgedLog(300)
    const smallFolder = join(folder, 'small')
    await layOut(smallFolder, small, 300, upTo(300))
    const honest = upTo(300).flatMap((size) => [
      noteOf(small, size),
      ...[0, size - 1, below(size)].map((index) => recordOf(small, index, size)),
      ...[1, size, 1 + below(size)].map((older) => treeOf(small, older, size)),
      ...[below(size)].map((index) => ({ kind: 'tiles', size, index, entry: toBase64(small.entry(index)) }) as const),
    ])
    const ofSmall: readonly Case[] = [
      ...honest.map((statement) => ({ class: 'honest', statement })),
      ...upTo(300).flatMap(() => tamperedCases(small, 300)),
    ]
    count(ofSmall, await judge(smallFolder, small, ofSmall))
    say(`  trees of 1 to 300: ${ofSmall.length} statements`)

    const large = judgedLog(1_000_000)
    const largeFolder = join(folder, 'large')
    await layOut(largeFolder, large, 1_000_000, [1_000_000])
    const ofLarge: readonly Case[] = [
      ...upTo(1_000).map(() => {
        const size = 1 + below(1_000_000)
        return { class: 'honest', statement: recordOf(large, below(size), size) }
      }),
      ...upTo(1_000).map(() => {
        const size = 1 + below(1_000_000)
        return { class: 'honest', statement: treeOf(large, 1 + below(size), size) }
      }),
      ...upTo(200).map(() => {
        const index = below(1_000_000)
        const statement = { kind: 'tiles', size: 1_000_000, index, entry: toBase64(large.entry(index)) } as const
        return { class: 'honest', statement }
      }),
      ...upTo(100).flatMap(() => tamperedCases(large, 1_000_000)),
    ]
    count(ofLarge, await judge(largeFolder, large, ofLarge))
    say(`  up to 1,000,000 leaves: ${ofLarge.length} statements`)

    // The stranger reads the files himself: one bit in a tile, and nothing under it can be proven.
    const [tile] = tilesSince(0, 256)
    if (!tile) throw new Error('no tile')
    await writeFile(join(smallFolder, tilePath(tile)), flipped(tileBytes(small.tile(tile)), below(65_536)))
    const ofTile = upTo(20).map((index) => ({
      class: 'a bit of a tile',
      statement: { kind: 'tiles', size: 300, index, entry: toBase64(small.entry(index)) } as const,
    }))
    count(ofTile, await judge(smallFolder, small, ofTile))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return tally
}
