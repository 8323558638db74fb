import { type JournalEntry, readJournalLine } from '#server/ledger/journalLine.ts'
import type { PublishedByUs } from '#server/ledger/published.ts'
import type { SecondHome } from '#server/ledger/secondHome.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import type { FullTile, GrowingTree } from '#translog/growingTree.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tileWidth } from '#translog/tile.ts'

const otherCopy = '换用第二存放处的另一份拷贝再试；没有的，运行 bihuan ledger begin 另起存证'

/** The entries of the journal from one index to another, a file at a time, each found to be what its leaf commits to. */
export async function* journalEntries(
  home: SecondHome,
  from: number,
  to: number,
): AsyncGenerator<readonly JournalEntry[]> {
  for (let at = from; at < to; ) {
    const bundle = Math.floor(at / tileWidth)
    const end = Math.min(to, (bundle + 1) * tileWidth)
    const lines = (await home.readJournal(bundle)).slice(at - bundle * tileWidth, end - bundle * tileWidth)
    const entries: JournalEntry[] = []
    for (let index = at; index < end; index += 1) {
      const line = lines[index - at]
      const entry = line === undefined ? undefined : readJournalLine(line, index)
      if (!entry)
        throw new LedgerTrouble(
          'journalDamaged',
          `第二存放处的日志第 ${index} 条${line === undefined ? '缺失' : '与它的存证不符'}，没有补回任何记录`,
          otherCopy,
        )
      entries.push(entry)
    }
    yield entries
    at = end
  }
}

/** Where the database's own part of the log is not the one that was signed; undefined where it cannot be told. */
const firstDifference = async (
  db: Queries,
  home: SecondHome,
  log: number,
  size: number,
): Promise<number | undefined> => {
  for (let bundle = 0; bundle * tileWidth < size; bundle += 1) {
    const from = bundle * tileWidth
    const { rows } = await db.query<{ leaf_hash: Buffer }>(
      'select leaf_hash from ledger.entry where log = $1 and idx >= $2 and idx < $3 order by idx',
      [log, from, Math.min(size, from + tileWidth)],
    )
    const lines = await home.readJournal(bundle)
    const at = rows.findIndex(({ leaf_hash }, place) => {
      const entry = readJournalLine(lines[place] ?? '', from + place)
      return !entry || !sameBytes(entry.leafHash, leaf_hash)
    })
    if (at >= 0) return from + at
  }
  return undefined
}

export type Verified = { readonly hashes: readonly Uint8Array[]; readonly filled: readonly FullTile[] }

/**
 * Grows the database's tree by the journal's leaves and compares with the signed checkpoint: only all of them together,
 * behind exactly what the database holds, give its root.
 */
export const verifyJournal = async (
  db: Queries,
  home: SecondHome,
  { number, checkpoint }: PublishedByUs,
  tree: GrowingTree,
): Promise<Verified> => {
  const from = tree.size()
  const hashes: Uint8Array[] = []
  const filled: FullTile[] = []
  for await (const entries of journalEntries(home, from, checkpoint.size)) {
    const leaves = entries.map(({ leafHash }) => leafHash)
    hashes.push(...leaves)
    filled.push(...tree.append(leaves))
  }
  if (sameBytes(tree.root(), checkpoint.root)) return { hashes, filled }
  const at = await firstDifference(db, home, number, from)
  throw at === undefined
    ? new LedgerTrouble(
        'journalDamaged',
        `第二存放处的日志与已签发的 ${checkpoint.size} 条快照对不上，没有补回任何记录`,
        otherCopy,
      )
    : new LedgerTrouble(
        'forked',
        `数据库里的存证第 ${at} 条与第二存放处的不同，没有补回任何记录`,
        '运行 bihuan ledger fsck 查明是哪一边被改动；两者只能留一个，另起存证用 bihuan ledger begin',
      )
}
