import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped, type JudgedLog, judgedLog } from '#tests/judges/judgedLog.ts'
import type { Refusals } from '#tests/judges/refusals.ts'
import { type Tampering, tampering } from '#tests/judges/statements.ts'
import { toBase64 } from '#translog/base64.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { signNote, writeNote } from '#translog/signedNote.ts'
import { parseTilePath, type TileAt, tileBytes, widthOf } from '#translog/tile.ts'

const run = promisify(execFile)

/** Go's name for the first line of its database's checkpoint; everything else is our tree as it is. */
const goOrigin = 'go.sum database tree'
const version = 'v1.0.0'
const moduleName = (index: number): string => `example.com/m${index}`
const goMod = (name: string): string => `module ${name}\n\ngo 1.19\n`

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** dirhash h1 of a go.mod alone. */
const h1 = (content: string): string =>
  `h1:${sha256(`${sha256(content).toString('hex')}  go.mod\n`).toString('base64')}`

const recordOf = (index: number): string => {
  const name = moduleName(index)
  return `${name} ${version} h1:${sha256(`zip of ${name}`).toString('base64')}\n${name} ${version}/go.mod ${h1(goMod(name))}\n`
}

/** What the server tells at a moment: of which log, how far, and what it falsifies on the way. */
type Telling = {
  readonly log: JudgedLog
  readonly size: number
  readonly tile?: (bytes: Uint8Array, at: TileAt) => Uint8Array
  readonly record?: (text: string) => string
  readonly note?: (note: string) => string
}

const treeNote = ({ log, size, note }: Telling): string => {
  const signed = writeNote(signNote(`${goOrigin}\n${size}\n${toBase64(log.head(size).root)}\n`, log.signer))
  return note?.(signed) ?? signed
}

const textOf = ({ log }: Telling, index: number): string => Buffer.from(log.entry(index)).toString()
const formatted = (index: number, text: string): string => `${index}\n${text}\n`

/** The forty lines between Go's addresses and our tree. */
const answer = (telling: Telling, url: string): string | Uint8Array | undefined => {
  if (url === '/latest') return treeNote(telling)
  const looked = /^\/lookup\/example\.com\/m(\d+)@v1\.0\.0$/.exec(url)?.[1]
  if (looked !== undefined) {
    const text = textOf(telling, Number(looked))
    return formatted(Number(looked), telling.record?.(text) ?? text) + treeNote(telling)
  }
  const at = parseTilePath(url.replace('/tile/8/', 'tile/'))
  if (at?.kind !== 'tile') return undefined
  if (at.width > widthOf(at.level, at.index, telling.size)) return undefined
  const bytes = tileBytes(telling.log.tile(at))
  return telling.tile?.(bytes, at) ?? bytes
}

const serve = async () => {
  let telling: Telling | undefined
  const server = createServer((request, response) => {
    const content = telling && answer(telling, request.url ?? '')
    response.statusCode = content === undefined ? 404 : 200
    response.end(content ?? 'not found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    tell: (now: Telling) => {
      telling = now
    },
    close: () => server.close(),
  }
}

/** Every module's go.mod, for a proxy that is a folder. */
const layOutModules = async (folder: string, wanted: readonly number[]): Promise<void> => {
  for (const index of wanted) {
    const at = join(folder, moduleName(index), '@v')
    await mkdir(at, { recursive: true })
    await writeFile(join(at, `${version}.info`), JSON.stringify({ Version: version, Time: '2023-01-01T00:00:00Z' }))
    await writeFile(join(at, `${version}.mod`), goMod(moduleName(index)))
  }
}

const entriesOf = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(recordOf(index)))

/**
 * The unmodified `go` command as a client of our tree: it keeps the last checkpoint it saw, and asks for everything else.
 * One home is used for honest growth; each falsification is told to a copy of that home.
 */
export const judgeGoCommand = async (
  say: (line: string) => void,
  refusals: Refusals,
): Promise<{ passed: number; failed: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-gocmd-'))
  const server = await serve()
  const tally = { passed: 0, failed: 0 }
  const signer = ed25519Signer('bihuan-judged', randomBytes(32), nodeEd25519)
  const entries = entriesOf(6_500)
  const honest = judgedLog(entries, signer)
  const wanted = [17, 4_800, 5_500, 321, 322, 323, 324, 325, 326]
  await layOutModules(join(folder, 'proxy'), wanted)

  /** What the command says of a module, from a home with what it remembers. */
  const asks = async (home: string, index: number): Promise<string> => {
    const work = await mkdtemp(join(folder, 'work-'))
    await writeFile(
      join(work, 'go.mod'),
      `module example.com/x\n\ngo 1.19\n\nrequire ${moduleName(index)} ${version}\n`,
    )
    const env = {
      ...process.env,
      HOME: home,
      GOPATH: join(home, 'go'),
      GOCACHE: join(home, 'cache'),
      GO111MODULE: 'on',
      GOFLAGS: '-mod=mod',
      GOPROXY: `file://${join(folder, 'proxy')}`,
      GOSUMDB: `${signer.vkey} ${server.url}`,
      GONOSUMDB: '',
      GONOSUMCHECK: '',
      GOPRIVATE: '',
      GOINSECURE: '',
    }
    return run('go', ['mod', 'graph'], { cwd: work, env }).then(
      ({ stdout }) => `accepted: ${stdout.trim()}`,
      (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)),
    )
  }
  const check = (what: string, said: string, holds: boolean): void => {
    tally[holds ? 'passed' : 'failed'] += 1
    say(`  ${holds ? '✓' : '✗'} ${what}${holds ? '' : `：${said}`}`)
  }
  const refuses = async (name: Tampering, telling: Telling, index: number, words: string): Promise<void> => {
    const home = await mkdtemp(join(folder, 'home-'))
    cpSync(join(folder, 'home'), home, { recursive: true })
    server.tell(telling)
    const said = await asks(home, index)
    const refused = said.includes(words)
    refusals.note(name, 'go', refused)
    check(`refuses: ${name}`, said, refused)
  }
  try {
    const home = join(folder, 'home')
    await mkdir(home, { recursive: true })
    for (const [size, index] of [
      [5_000, 17],
      [5_000, 4_800],
      [6_000, 5_500],
    ] as const) {
      server.tell({ log: honest, size })
      const said = await asks(home, index)
      check(`accepts m${index} of ${size}, with what it remembered`, said, said.startsWith('accepted'))
    }
    const changed = entries.map((entry, index) => (index === 100 ? Buffer.from(recordOf(7_000)) : entry))
    const forked = judgedLog(changed, signer)
    await refuses(tampering.fork, { log: forked, size: 6_500 }, 321, 'SECURITY ERROR')
    const turn = (bytes: Uint8Array): Uint8Array => flipped(bytes, 77)
    await refuses(tampering.tile, { log: honest, size: 6_500, tile: turn }, 322, 'inconsistent tile')
    // The partial tile above the leaves is what growth from 6,000 is proven by; record 322 itself needs nothing new of it.
    const turnGrowth = (bytes: Uint8Array, { level }: TileAt): Uint8Array => (level === 1 ? turn(bytes) : bytes)
    await refuses(tampering.growth, { log: honest, size: 6_500, tile: turnGrowth }, 322, 'inconsistent tile')
    const otherHash = (text: string): string => text.replace('h1:', 'h1:A')
    await refuses(
      tampering.record,
      { log: honest, size: 6_500, record: otherHash },
      323,
      'cannot authenticate record data',
    )
    const stranger = judgedLog(entries, ed25519Signer('bihuan-judged', randomBytes(32), nodeEd25519))
    await refuses(tampering.key, { log: stranger, size: 6_500 }, 324, 'no verifiable signatures')
    const spoilt = (note: string): string =>
      note.replace(/ (\S{40})(\S)/, (_, before, one) => ` ${before}${one === 'A' ? 'B' : 'A'}`)
    await refuses(tampering.signature, { log: honest, size: 6_500, note: spoilt }, 325, 'invalid signature')
    const larger = (note: string): string => note.replace('\n6500\n', '\n6400\n')
    await refuses(tampering.size, { log: honest, size: 6_500, note: larger }, 326, 'invalid signature')
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return tally
}
