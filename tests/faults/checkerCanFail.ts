import { checkBooksOn, withOwner } from '#tests/load/books.ts'
import type { Ground } from './kills.ts'

/** What somebody, or a lost write, could have done to the last act of one hazard; and what the checker must then say. */
const damages: readonly { readonly what: string; readonly sql: readonly string[]; readonly says: string }[] = [
  {
    what: 'an acknowledged event deleted',
    sql: ['delete from core.event where id = (select id from victim)'],
    says: 'a command without all of its events',
  },
  {
    what: 'a whole acknowledged act lost, every trace of it',
    sql: [
      'delete from ledger.outbox o using private.leaf_salt l, victim v where l.stream_id = v.stream_id and l.version = v.version and o.leaf_hash = l.leaf_hash',
      'delete from private.leaf_salt l using victim v where l.stream_id = v.stream_id and l.version = v.version',
      'delete from core.command c using victim v where c.id = v.command_id',
      'delete from core.event e using victim v where e.id = v.id',
      'update core.stream s set version = s.version - 1 from victim v where s.stream_id = v.stream_id',
    ],
    says: 'acknowledged and lost',
  },
  {
    what: 'a command carried out a second time',
    sql: [
      `insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, person_id, command_id, rulebook_version, captured_at, received_at)
       select tenant_id, stream_id, version + 1, div, gen_random_uuid(), kind, type, v, body, account_id, role, person_id, command_id, rulebook_version, captured_at, received_at from victim`,
      'update core.stream s set version = s.version + 1 from victim v where s.stream_id = v.stream_id',
    ],
    says: 'a command carried out more than once',
  },
  {
    what: 'a receipt kept otherwise than it was given',
    sql: [
      `update core.command c set receipt = jsonb_set(receipt, '{receivedAt}', '"2020-01-01T00:00:00.000Z"') from victim v where c.id = v.command_id`,
    ],
    says: 'acknowledged otherwise than kept',
  },
  {
    what: 'a leaf taken out of the outbox',
    sql: [
      'delete from ledger.outbox o using private.leaf_salt l, victim v where l.stream_id = v.stream_id and l.version = v.version and o.leaf_hash = l.leaf_hash',
    ],
    says: 'an event without its leaf in the outbox',
  },
  {
    what: 'a leaf altered',
    sql: [`update ledger.outbox set leaf = leaf || '\\x00'::bytea where id = (select max(id) from ledger.outbox)`],
    says: 'a leaf that does not have its hash',
  },
  {
    what: 'a stream with a gap',
    sql: [
      'update core.event e set version = e.version + 1 from victim v where e.id = v.id',
      'update core.stream s set version = s.version + 1 from victim v where s.stream_id = v.stream_id',
    ],
    says: 'a stream with a gap',
  },
  {
    what: 'a row that its stream does not give',
    sql: [`update read.hazard h set place = '别处' from victim v where h.id = v.stream_id`],
    says: 'a row of read.hazard that is not the fold',
  },
  {
    what: 'a count that nobody counted',
    sql: ['update read.hazard_tally t set hazards = hazards + 1 from victim v where t.tenant_id = v.tenant_id'],
    says: 'a row of read.hazard_tally that is not what a recount gives',
  },
  {
    what: 'a number drawn and never used',
    sql: ['update core.counter c set value = value + 1 from victim v where c.tenant_id = v.tenant_id'],
    says: 'a register whose numbers have a gap',
  },
]

/** The negative control: each damage is done in a transaction that is rolled back, and the checker must name it. */
export const checkerCanFail = async ({ program, registered, told, tally }: Ground): Promise<void> => {
  tally.say('the checker itself: does it see damage?')
  const expected = { acknowledged: told.acknowledged, others: registered.commands }
  await withOwner(program, async (client) => {
    for (const { what, sql, says } of damages) {
      await client.query('begin')
      // As a superuser may: the triggers that keep events and leaves are out of the way.
      await client.query('set local session_replication_role = replica')
      await client.query(
        `create temporary table victim on commit drop as
         select * from core.event where type = 'hazard.progress' order by stream_id desc limit 1`,
      )
      for (const statement of sql) await client.query(statement)
      const { complaints } = await checkBooksOn(client, expected)
      await client.query('rollback')
      const named = complaints.some((complaint) => complaint.includes(says))
      tally.check(`${what}: seen`, named, named ? undefined : `only: ${complaints.join(' | ') || 'nothing'}`)
    }
  })
}
