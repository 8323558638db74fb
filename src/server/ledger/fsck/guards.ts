import type { Queries } from '#server/ledger/tiles.ts'
import type { Scene } from './scene.ts'

type Guard = { readonly table: string; readonly trigger: string; readonly when: string; readonly does: string }

const refuse = 'core.refuse_change()'

const emptied = (table: string, name: string): Guard => ({
  table,
  trigger: `${name}_not_emptied`,
  when: 'before truncate',
  does: `for each statement execute function ${refuse}`,
})

const kept = (table: string, name: string, when: string): Guard => ({
  table,
  trigger: `${name}_kept`,
  when,
  does: `for each row execute function ${refuse}`,
})

/** Only the column by which a record is routed may change. */
const routed = (table: string, name: string): readonly Guard[] => [
  kept(table, name, 'before delete'),
  {
    table,
    trigger: `${name}_unchanged`,
    when: 'before update',
    does: 'for each row execute function core.only_div_may_change()',
  },
  emptied(table, name),
]

const closed = (name: string): readonly Guard[] => [
  kept(`ledger.${name}`, name, 'before update or delete'),
  emptied(`ledger.${name}`, name),
]

/** What keeps these tables append-only, as migrations 0001 and 0002 made it. */
const guards: readonly Guard[] = [
  ...routed('core.event', 'event'),
  ...routed('core.command', 'command'),
  ...['outbox', 'entry', 'tile', 'checkpoint', 'cosignature', 'verification', 'quarantine'].flatMap(closed),
]

type Standing = { readonly table: string; readonly trigger: string; readonly on: boolean }

const standing = async (db: Queries): Promise<readonly Standing[]> => {
  const { rows } = await db.query<Standing>({
    name: 'fsck-guards',
    text: `select n.nspname || '.' || c.relname as table, t.tgname as trigger, t.tgenabled in ('O', 'A') as on
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and n.nspname in ('core', 'ledger')`,
  })
  return rows
}

/** A superuser can switch them off; whoever did so and forgot is found. */
export const checkGuards = async (scene: Scene): Promise<void> => {
  const there = await standing(scene.db)
  for (const { table, trigger, when, does } of guards) {
    const found = there.find((one) => one.table === table && one.trigger === trigger)
    if (found?.on) continue
    scene.tell({
      kind: 'unguarded',
      table,
      message: `${table} 的只增不改保护 ${trigger} ${found ? '被关掉了' : '被删掉了'}`,
      mends: [
        {
          phase: 'guards',
          key: `${table} ${trigger}`,
          step: `重新打开 ${table} 的只增不改保护 ${trigger}`,
          run: async ({ db }) => {
            await db.query(`drop trigger if exists ${trigger} on ${table}`)
            await db.query(`create trigger ${trigger} ${when} on ${table} ${does}`)
          },
        },
      ],
    })
  }
}

/**
 * A repair is the one that may pass by them, within its transaction alone: to everybody else they were never off, and a
 * rollback puts them on again.
 */
export const withGuardsOff = async (db: Queries, work: () => Promise<void>): Promise<void> => {
  const there = await standing(db)
  const own = guards.filter(({ table, trigger }) =>
    there.some((one) => one.table === table && one.trigger === trigger && one.on),
  )
  for (const { table, trigger } of own) await db.query(`alter table ${table} disable trigger ${trigger}`)
  await work()
  for (const { table, trigger } of own) await db.query(`alter table ${table} enable trigger ${trigger}`)
}
