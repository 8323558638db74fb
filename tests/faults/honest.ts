import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import { openSecondHome } from '#server/ledger/secondHome.ts'
import { type AppendInput, append, seal } from '#server/platform/append.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { Tally } from './tally.ts'
import { type House, openHouse } from './tamper/house.ts'

/** Events of one command: as many as an act on the spot has. */
const together = 5
const lanes = 2

type Place = { readonly tenant: string; readonly div: string; readonly account: string }

const placeIn = async ({ owner }: House): Promise<Place> => {
  const { rows } = await owner.query<Place>(
    `select e.tenant_id as tenant, e.div, e.account_id as account from core.event e where e.kind = 'hazard' limit 1`,
  )
  const [row] = rows
  if (!row) throw new Error('no hazard to go by')
  return row
}

const progress = (number: number) => ({
  type: 'hazard.progress',
  v: 1,
  body: {
    on: '2023-09-15',
    percent: number % 100,
    note: `第 ${number} 次记录：浮石已清理，平台恢复到 ${number % 7} 米`,
  },
})

const givenBy = (place: Place, actor: Actor, first: number): AppendInput => ({
  command: { id: uuidv7(), tenantId: place.tenant, streamId: uuidv7(), act: 'hazard.progress', body: {} },
  kind: 'hazard',
  div: place.div,
  actor,
  hash: createHash('sha256').update(`honest ${first}`).digest(),
  fromVersion: 0,
  events: Array.from({ length: together }, (_, at) => progress(first + at)),
  now: new Date('2023-09-15T01:00:00Z'),
  number: undefined,
  rulebookVersion: '2023-07-01',
})

/** Sealed, signed and written by the very functions that every command goes through; no rows, no forms. */
const writeLeaves = async (house: House, count: number, tally: Tally): Promise<void> => {
  const place = await placeIn(house)
  const { signer } = house.platform.ledger.identity
  const scope: Actor['scope'] = { kind: 'tenants', ids: [place.tenant] }
  const actor: Actor = { accountId: place.account, homeTenantId: place.tenant, role: 'safetyOfficer', scope }
  let begun = 0
  const lane = async (): Promise<void> => {
    const client = await house.owner.connect()
    while (begun < count) {
      const first = begun
      begun += together
      const input = givenBy(place, actor, first)
      await append(client, input, seal(input, signer))
      if (first % 200_000 === 0 && first > 0) tally.say(`  ${first} written`)
    }
    client.release()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** So long may nothing move, on a machine that does other work. */
const patience = 120

const signedUp = async ({ owner }: House, tally: Tally): Promise<number> => {
  let told = 0
  let last = -1
  const look = async () => {
    const { rows } = await owner.query<{ signed: number; all: number }>(
      `select coalesce((select max(size) from ledger.checkpoint where hash = 'sha256'), 0)::int as signed,
         (select count(*)::int from ledger.outbox) as all`,
    )
    const [{ signed, all } = { signed: 0, all: -1 }] = rows
    if (signed === last) return undefined
    last = signed
    return { signed, all }
  }
  for (;;) {
    const { signed, all } = await eventually(look, patience)
    if (signed - told >= 200_000) {
      told = signed
      tally.say(`  ${signed} in the log and signed`)
    }
    if (signed === all) return signed
  }
}

/** Many leaves that nobody tampered with: the check must find nothing at all. */
export const honestLeaves = async (tally: Tally, count: number): Promise<void> => {
  tally.say(`${count} honest leaves, put into order, published and signed by the sequencer`)
  const house = await openHouse(100)
  try {
    await writeLeaves(house, count, tally)
    const began = performance.now()
    const working = await house.open(true)
    const size = await signedUp(house, tally)
    await working.close()
    const checking = performance.now()
    const { identity } = house.platform.ledger
    const { findings, sound, checked } = await checkLedger({
      db: house.owner,
      home: await openSecondHome(house.secondFolder),
      vkeyOf: (origin) => (origin === identity.origin ? identity.signer.vkey : undefined),
    })
    const seconds = (from: number, to: number): string => `${((to - from) / 1_000).toFixed(0)} s`
    tally.check(
      `no false alarm on ${size} honest leaves`,
      sound && findings.length === 0 && checked.entries === size,
      findings[0]
        ? JSON.stringify(findings[0])
        : `sequenced in ${seconds(began, checking)}, checked in ${seconds(checking, performance.now())}`,
    )
  } finally {
    await house.close()
  }
}
