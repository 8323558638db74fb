import { beginningLeaf, beginningOf, logRow } from '#server/ledger/beginning.ts'
import { verifierOf } from '#server/ledger/identity.ts'
import { journalPath } from '#server/ledger/secondHome.ts'
import type { Verifier } from '#translog/signedNote.ts'
import { readVkey } from '#translog/signedNote.ts'
import type { Mend } from './found.ts'
import type { VkeyOf } from './keyRing.ts'
import type { Broken } from './records.ts'
import type { KnownLog, Scene } from './scene.ts'
import { readRecord } from './sealedRecord.ts'
import { nameOf } from './words.ts'

export const readLogs = async ({ db }: Pick<Scene, 'db'>): Promise<readonly KnownLog[]> => {
  const { rows } = await db.query<KnownLog>('select number, origin, vkey, twin_vkey from ledger.log order by number')
  // The name stands in the key too, and the key's id is made of it.
  return rows.map((row) => ({ ...row, origin: readVkey(row.vkey)?.name ?? row.origin }))
}

/** What the database itself says of its logs' keys. */
export const registeredKeys = async (
  logs: readonly KnownLog[],
  twinOrigin: (origin: string) => string,
): Promise<ReadonlyMap<string, Verifier>> => {
  const keys = new Map<string, Verifier>()
  for (const { origin, vkey, twin_vkey } of logs) {
    const verifier = verifierOf(vkey)
    if (verifier) keys.set(origin, verifier)
    const key = twin_vkey === null ? undefined : readVkey(twin_vkey)
    if (!key) continue
    const { sm2Verifier } = await import('#translog/sm2.ts')
    const twin = sm2Verifier(key)
    if (twin) keys.set(twinOrigin(origin), twin)
  }
  return keys
}

const setColumn = (number: number, column: 'origin' | 'vkey', value: string, what: string): Mend => ({
  phase: 'log',
  key: `log ${number} ${column}`,
  step: `改回${what}的 ${column}`,
  run: async ({ db }) => {
    await db.query(`update ledger.log set ${column} = $2 where number = $1`, [number, value])
  },
})

/** Name and key of each log against the key file. */
export const checkLogRows = async (scene: Scene, logs: readonly KnownLog[], vkeyOf: VkeyOf): Promise<void> => {
  const { rows } = await scene.db.query<{ number: number; origin: string }>('select number, origin from ledger.log')
  for (const { number, origin, vkey } of logs) {
    const place = { table: 'ledger.log', log: number }
    const name = nameOf(place)
    const written = rows.find((row) => row.number === number)?.origin
    const known = vkeyOf(written ?? origin) ?? vkeyOf(origin)
    const tell = (column: 'origin' | 'vkey', value: string, what: string): void =>
      scene.tell({
        kind: 'rowAltered',
        ...place,
        columns: [column],
        message: `${name}：${what}`,
        mends: [setColumn(number, column, value, name)],
      })
    if (known !== undefined && known !== vkey) tell('vkey', known, '登记的公钥不是密钥文件里的那一把')
    else if (written !== undefined && written !== origin)
      tell('origin', origin, `登记的名称是 ${written}，公钥里写的是 ${origin}`)
  }
}

/** The leaf by which a log began after a disaster: it is made of the log's own row. */
export const tellBeginning = (scene: Scene, log: KnownLog, broken: readonly Broken[]): void => {
  const first = broken.find(({ index }) => index === 0)
  if (!first || log.number === 1) return
  const text = scene.folder?.lines(journalPath(0))[0]
  const kept = text === undefined ? undefined : readRecord(text, scene.keys)
  const right = kept?.kind === 'beginning' && kept.computed === first.hash ? kept.line.log : undefined
  const place = { table: 'ledger.log', log: log.number, index: 0 }
  const name = nameOf(place)
  scene.tell({
    kind: 'rowAltered',
    ...place,
    message: `${name}：另起存证的缘由与它的第一条不符`,
    ...(right && {
      mends: [
        {
          phase: 'log',
          key: `log ${log.number}`,
          step: `恢复${name}`,
          run: async ({ db }) => {
            const row = logRow.parse(right)
            const began = beginningOf(row)
            if (!began) throw new RangeError('a first log has no beginning')
            await db.query(
              'update ledger.log set began_at = $2, reason = $3, previous = $4, decided_by = $5 where number = $1',
              [row.number, row.began_at, row.reason, row.previous, row.decided_by],
            )
            await db.query(
              `insert into ledger.entry (log, idx, leaf_hash) values ($1, 0, $2)
               on conflict (log, idx) do update set leaf_hash = excluded.leaf_hash, outbox_id = null`,
              [row.number, Buffer.from(beginningLeaf(began).leafHash)],
            )
          },
        },
      ],
    }),
  })
}
