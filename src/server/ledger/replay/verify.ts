import { type JournalEntry, readJournalLine } from '#server/ledger/journalLine.ts'
import type { PublishedByUs } from '#server/ledger/published.ts'
import type { SecondHome } from '#server/ledger/secondHome.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import type { FullTile, GrowingTree } from '#translog/growingTree.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tileWidth } from '#translog/tile.ts'
import { isAct } from './records.ts'

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

type Closed = { readonly index: number; readonly tenant: string; readonly stream: string; readonly version: number }

/** Leaves that cannot be opened, and the erasures that explain them. */
const watchClosed = () => {
  const closed: Closed[] = []
  const erasedUpTo = new Map<string, number>()
  return {
    see: (entries: readonly JournalEntry[]): void => {
      for (const { index, event, salt } of entries.filter(isAct)) {
        const { tenant_id: tenant, stream_id: stream, version } = event
        if (salt === null) closed.push({ index, tenant, stream, version })
        else if (event.type === 'person.erased') erasedUpTo.set(`${tenant} ${stream}`, version)
      }
    },
    /** Without its salt a line could say anything: only an erasure on record, itself verified, takes a salt away. */
    refuseUnexplained: async (db: Queries): Promise<void> => {
      const left = closed.filter(
        ({ tenant, stream, version }) => version >= (erasedUpTo.get(`${tenant} ${stream}`) ?? 0),
      )
      const { rows } = await db.query<{ place: number }>(
        `select g.place::int from unnest($1::uuid[], $2::uuid[], $3::int[]) with ordinality as g(tenant, stream, version, place)
         where not exists (select from core.event e where e.tenant_id = g.tenant and e.stream_id = g.stream
           and e.type = 'person.erased' and e.version > g.version) order by 1 limit 1`,
        [left.map(({ tenant }) => tenant), left.map(({ stream }) => stream), left.map(({ version }) => version)],
      )
      const first = rows[0] && left[rows[0].place - 1]
      if (first)
        throw new LedgerTrouble(
          'journalDamaged',
          `第二存放处的日志第 ${first.index} 条少了核对用的盐，却没有删除个人信息的记录，没有补回任何记录`,
          otherCopy,
        )
    },
  }
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
  const watch = watchClosed()
  for await (const entries of journalEntries(home, from, checkpoint.size)) {
    watch.see(entries)
    const leaves = entries.map(({ leafHash }) => leafHash)
    hashes.push(...leaves)
    filled.push(...tree.append(leaves))
  }
  if (sameBytes(tree.root(), checkpoint.root)) {
    await watch.refuseUnexplained(db)
    return { hashes, filled }
  }
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
