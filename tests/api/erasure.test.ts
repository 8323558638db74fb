import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { erasePerson, listPeople, putAccount, putPerson, revealPerson } from '#contract/org.ts'
import { credentialsStreamOf } from '#server/accounts/commands.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { forgetInJournals } from '#server/ledger/forget.ts'
import { bundleIn } from '#server/ledger/secondHome.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { granted, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { type Elsewhere, elsewhere, takeAlong, takeBackup } from '#tests/support/elsewhere.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type PublicLog, readPublicLog } from '#tests/support/publicLog.ts'
import { setUpPerson } from '#tests/support/setUpPerson.ts'
import { tablesIn } from '#tests/support/tables.ts'
import { growingTree } from '#translog/growingTree.ts'
import { includes, isConsistent, rootOf } from '#translog/merkle.ts'
import { planConsistency, planInclusion } from '#translog/proof.ts'
import { type TileAt, tilePath } from '#translog/tile.ts'

/** `ERASED_PERSONS=1000` for the whole proof; it takes some minutes. */
const persons = Number(process.env.ERASED_PERSONS ?? 50)

type Someone = {
  readonly personId: string
  readonly accountId: string
  readonly name: string
  readonly phone: string
  readonly login: string
}

let server: TestServer
let folder: string
let everyone: readonly Someone[]
let older: string
const logFile = () => join(folder, 'program.log')

const eachOf = async <T>(all: readonly T[], work: (one: T, index: number) => Promise<void>): Promise<void> => {
  const queue = [...all.entries()]
  const one = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next[1], next[0])
  }
  await Promise.all(Array.from({ length: 8 }, one))
}

const signedUp = (): Promise<PublicLog> =>
  eventually(async () => {
    const log = readPublicLog(server.platform.ledger.secondFolder)
    const { rows } = await server.owner.query<{ n: number }>('select count(*)::int as n from ledger.outbox')
    return log?.checkpoint.size === rows[0]?.n ? log : undefined
  }, 30)

const someone = async (index: number): Promise<Someone> => {
  const name = `欧阳待删${index}号`
  const phone = `1371234${String(index).padStart(4, '0')}`
  const login = `ouyang-daishan-${index}`
  const tenantId = server.ids.mine
  const { personId, accountId } = await setUpPerson(server.platform, tenantId, { post: '爆破员', name, phone })
  // As setting a password does, without the time that hashing one takes.
  const set = await server.platform.execute(setupActor('1404'), {
    id: uuidv7(),
    tenantId,
    streamId: credentialsStreamOf(accountId),
    act: 'account.credentials',
    body: { accountId },
    private: { login, passwordHash: 'not a hash of anything', reachable: [tenantId] },
  })
  if (!set.ok) throw new Error(JSON.stringify(set.refusal))
  return { personId, accountId, name, phone, login }
}

const leave = async ({ personId, accountId }: Someone): Promise<void> => {
  const { ids } = server
  const params = { tenantId: ids.mine, id: personId }
  granted(
    await server.as('principal').call(putPerson, {
      params,
      body: { commandId: uuidv7(), value: { post: '爆破员', active: false } },
    }),
  )
  granted(
    await server.as('systemAdmin').call(putAccount, {
      params: { tenantId: ids.mine, id: accountId },
      body: {
        commandId: uuidv7(),
        value: {
          personId,
          disabled: true,
          grants: [{ role: 'worker', scope: { kind: 'tenants', ids: [ids.mine] } }],
        },
      },
    }),
  )
}

const erase = (
  { personId }: Pick<Someone, 'personId'>,
  who: 'principal' | 'safetyOfficer' | 'regulator' = 'principal',
) =>
  server.as(who).call(erasePerson, {
    params: { tenantId: server.ids.mine, id: personId },
    body: { commandId: uuidv7(), ground: 'keptLongEnough' },
  })

const filesUnder = (root: string): readonly string[] =>
  existsSync(root)
    ? readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((name) => join(root, name))
        .filter((path) => statSync(path).isFile())
    : []

const hexOf = (text: string): string => Buffer.from(text, 'utf8').toString('hex')
const escaped = (text: string): string =>
  JSON.stringify(text.replace(/./gu, (one) => `\\u${one.charCodeAt(0).toString(16)}`))

/** What all of them have in common, as text, as bytes in hex, as escaped JSON: where it stands, somebody is named. */
const marks: readonly RegExp[] = [
  /欧阳待删/,
  /(?<![0-9a-f])1371234\d{4}(?![0-9a-f])/,
  /ouyang-daishan/,
  new RegExp(`${hexOf('欧阳待删')}|${hexOf('1371234')}|${hexOf('ouyang-daishan')}`),
  new RegExp(escaped('欧阳待删').slice(1, -1), 'i'),
]

const dumpOf = async (owner: TestServer['owner']) =>
  Object.entries(await tablesIn(owner, ['core', 'ledger', 'private', 'read', 'machinery', 'pgboss'])).map(
    ([table, rows]) => [table, rows.join('\n')] as const,
  )

const namedIn = (all: readonly (readonly [where: string, text: string])[]): readonly string[] =>
  all.flatMap(([where, text]) => marks.flatMap((mark) => (mark.test(text) ? [`${where}: ${mark}`] : [])))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-erasure-'))
  const log = pino({ level: 'info' }, pino.destination({ dest: logFile(), sync: true }))
  server = await startServer({ sequence: true, work: true, log })
  const all: Someone[] = []
  await eachOf(Array.from({ length: persons }), async (_, index) => {
    all.push(await someone(index))
  })
  everyone = all
  for (const { personId } of everyone.slice(0, 3))
    granted(
      await server.as('principal').call(revealPerson, {
        params: { tenantId: server.ids.mine, id: personId },
        body: { commandId: uuidv7(), reason: '通知复查时间' },
      }),
    )
  await server.as('safetyOfficer').does(newHazard(server.ids.mine), 'report', {
    mineId: server.ids.mine,
    source: 'safetyOfficerCheck',
    description: '台阶有裂缝',
  })
  older = join(folder, 'older.tar')
  await signedUp()
  await takeBackup(server, older)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Proofs as anybody makes them from the public tiles alone. */
const prover = (leaves: readonly Uint8Array[]) => {
  const tiles = new Map<string, readonly Uint8Array[]>()
  const grown = growingTree(0, [], nodeSha256)
  for (const { level, index, hashes } of grown.append(leaves)) tiles.set(tilePath({ level, index, width: 256 }), hashes)
  const wanted = (all: readonly TileAt[]) =>
    new Map(all.map((at) => [tilePath(at), tiles.get(tilePath(at)) ?? grown.partial(at.level).slice(0, at.width)]))
  return {
    inclusion: (index: number) => {
      const plan = planInclusion(index, leaves.length)
      return plan.proofFrom(wanted(plan.tiles), nodeSha256)
    },
    consistency: (from: number) => {
      const plan = planConsistency(from, leaves.length)
      return plan.proofFrom(wanted(plan.tiles), nodeSha256)
    },
  }
}

describe('谁、什么时候能删', () => {
  test('在岗、有账号的先拒绝，说明怎么办；安全员、监管员没有这项权限', async () => {
    const [one] = everyone
    if (!one) throw new Error('nobody')
    expect(refused(await erase(one))).toMatchObject({ status: 422, code: 'still-in-post' })
    expect(refused(await erase(one, 'safetyOfficer'))).toMatchObject({ status: 403, code: 'role-may-not' })
    expect(refused(await erase(one, 'regulator'))).toMatchObject({ status: 403, code: 'role-may-not' })
    granted(
      await server.as('principal').call(putPerson, {
        params: { tenantId: server.ids.mine, id: one.personId },
        body: { commandId: uuidv7(), value: { post: '爆破员', active: false } },
      }),
    )
    expect(refused(await erase(one))).toMatchObject({ status: 422, code: 'account-not-disabled' })
    expect(refused(await erase({ personId: uuidv7() }))).toMatchObject({ status: 404 })
  })
})

describe(`删除 ${persons} 个人`, { timeout: 600_000 }, () => {
  let before: PublicLog
  let after: PublicLog
  let salted: number

  beforeAll(async () => {
    await eachOf(everyone, leave)
    before = await signedUp()
    salted = (await server.owner.query('select from private.leaf_salt where salt is not null')).rowCount ?? 0
    await eachOf(everyone, async (one) => {
      granted(await erase(one))
    })
    after = await signedUp()
    await eventually(
      async () => {
        const { rowCount } = await server.owner.query(
          `select from pgboss.job where name = 'person.forget' and state in ('created', 'retry', 'active')`,
        )
        return rowCount === 0 ? true : undefined
      },
      60 + persons * 2,
    )
  }, 900_000)

  test('坏了 0 个证明：原来的每一条照样在，照样证得出来', () => {
    expect(after.checkpoint.size).toBe(before.checkpoint.size + persons)
    expect(after.leaves.slice(0, before.leaves.length)).toEqual(before.leaves)
    const [then, now] = [prover(before.leaves), prover(after.leaves)]
    expect(rootOf(after.leaves, nodeSha256).join()).toBe(after.checkpoint.root.join())
    const { size, root } = before.checkpoint
    expect(isConsistent({ size, root }, after.checkpoint, now.consistency(size), nodeSha256)).toBe(true)
    const broken = before.leaves.filter(
      (leaf, index) =>
        !includes({ leaf, index, size, proof: then.inclusion(index) }, root, nodeSha256) ||
        !includes(
          { leaf, index, size: after.checkpoint.size, proof: now.inclusion(index) },
          after.checkpoint.root,
          nodeSha256,
        ),
    )
    expect(broken).toHaveLength(0)
    expect(server.platform.ledger.sequencer?.trouble()).toBeUndefined()
  })

  test('每个人的盐都没有了，别人的一个不少；散列都在', async () => {
    const { rows } = await server.owner.query<{ open: number; all: number }>(
      `select count(salt)::int as open, count(*)::int as all from private.leaf_salt`,
    )
    const versions = await server.owner.query<{ n: number }>(
      `select count(*)::int as n from core.event where stream_id = any($1) and type <> 'person.erased'`,
      [everyone.map(({ personId }) => personId)],
    )
    expect(rows[0]?.open).toBe(salted - (versions.rows[0]?.n ?? 0) + persons)
    expect(rows[0]?.all).toBe(after.checkpoint.size)
  })

  test('留下 0 处姓名、手机、账号名：所有的表、第二存放处、日志、之后做的备份', async () => {
    const dump = await dumpOf(server.owner)
    const written = [...filesUnder(server.platform.ledger.secondFolder), logFile()].map(
      (path) => [path, readFileSync(path, 'utf8')] as const,
    )
    const archive = join(folder, 'after.tar')
    await takeBackup(server, archive)
    const place = await elsewhere(server.clock)
    try {
      await place.restore(archive)
      const restored = await dumpOf(place.owner)
      expect(namedIn([...dump, ...written, ...restored])).toEqual([])
      expect(dump.some(([table, rows]) => table === 'private.person' && rows.includes('隐名principal'))).toBe(true)
    } finally {
      await place.close()
    }
  })

  test('第二存放处的日志里没有这些人的盐', () => {
    const ids = new Set(everyone.map(({ personId }) => personId))
    const journal = join(server.platform.ledger.secondFolder, 'journal')
    const lines = filesUnder(journal)
      .filter((path) => bundleIn(relative(journal, path)) !== undefined)
      .flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(after.checkpoint.size)
    const theirs = lines.filter(({ event }) => ids.has(event.stream_id))
    expect(theirs.length).toBeGreaterThan(persons * 2)
    for (const { event, salt } of theirs) expect(salt === null).toBe(event.type !== 'person.erased')
    expect(lines.filter(({ salt }) => salt === null)).toHaveLength(theirs.length - persons)
  })

  test('名录上写明已删除，岗位还在；不能再登记、再显示', async () => {
    const [one] = everyone
    const { ids } = server
    const { items } = granted(await server.as('principal').call(listPeople, { params: { tenantId: ids.mine } }))
    expect(items.filter(({ erased }) => erased)).toHaveLength(persons)
    const shown = items.find(({ id }) => id === one?.personId)
    expect(shown).toMatchObject({ post: '爆破员', active: false, erased: true })
    expect(shown?.name).toBeUndefined()
    const again = await server.as('principal').call(putPerson, {
      params: { tenantId: ids.mine, id: one?.personId ?? '' },
      body: { commandId: uuidv7(), value: { post: '爆破员', active: true }, private: { name: '又一个' } },
    })
    expect(refused(again)).toMatchObject({ code: 'erased-already' })
  })

  test('做第二遍什么也不变', async () => {
    const file = () =>
      filesUnder(join(server.platform.ledger.secondFolder, 'journal')).map((path) => readFileSync(path, 'utf8'))
    const lying = file()
    const client = await server.platform.pool.connect()
    try {
      for (const { personId } of everyone.slice(0, 5))
        await forgetInJournals(client, server.platform.ledger.secondFolder, {
          tenantId: server.ids.mine,
          personId,
          upTo: 2,
        })
    } finally {
      client.release()
    }
    expect(file()).toEqual(lying)
  })

  test('以前的备份里还有姓名；恢复它再补回时，重新删除', async () => {
    const place: Elsewhere = await elsewhere(server.clock)
    try {
      await place.restore(older)
      // Seen by the same eyes: an older backup names them in three tables.
      expect(namedIn(await dumpOf(place.owner)).map((found) => found.split(':')[0])).toEqual([
        'core.claim',
        'private.account',
        'private.person',
        'private.person',
      ])
      takeAlong(server, place, { keys: true, second: true })
      const done = await place.start()
      if (done.kind !== 'brought') throw new Error(done.kind === 'refused' ? done.trouble.message : done.kind)
      expect(done.settled.erasedAgain).toBe(persons)
      expect(done.replayed.closed).toBeGreaterThan(0)
      expect(namedIn(await dumpOf(place.owner))).toEqual([])
      const salts = 'select stream_id, version, salt is null as closed from private.leaf_salt order by 1, 2'
      expect((await place.owner.query(salts)).rows).toEqual((await server.owner.query(salts)).rows)
    } finally {
      await place.close()
    }
  })
})
