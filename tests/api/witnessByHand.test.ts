import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ran, runCli } from '#tests/support/cli.ts'
import { newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { handmadeLog } from '#tests/support/handmadeLog.ts'
import { checkpointAt, cosignedAt, logVkeyOf, witnessVkeyOf } from '#tests/support/witnessing.ts'
import { fingerprintOf } from '#translog/trust.ts'

let city: TestServer
let district: TestServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-usb-'))
  city = await startServer({ empty: true })
  district = await startServer({ sequence: true })
  await eventually(() => checkpointAt(district))
})
afterAll(async () => {
  await district.close()
  await city.close()
  rmSync(folder, { recursive: true, force: true })
})

/** On the machine of that server, while it runs. */
const at = (server: TestServer, ...args: string[]): Promise<Ran> =>
  runCli(['ledger', ...args, '--data', server.dataDir], {
    env: { DATABASE_URL: server.database.appUrl, DATABASE_SEQUENCER_URL: server.database.sequencerUrl },
  })

const done = async (server: TestServer, ...args: string[]): Promise<string> => {
  const { code, out, err } = await at(server, ...args)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${err}`)
  return out
}

const refused = async (server: TestServer, ...args: string[]): Promise<string> => {
  const { code, out, err } = await at(server, ...args)
  expect({ code, out, args }).toEqual({ code: 1, out: '', args })
  expect(err).not.toMatch(/ {4}at /)
  return err
}

const stick = (name: string, content: string): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const act = () =>
  district.as('worker').does(newHazard(district.ids.mine), 'report', {
    source: 'workerReport',
    mineId: district.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })

const signedUp = async (): Promise<number> => {
  const { rows } = await district.owner.query('select count(*)::int as n from ledger.outbox')
  return eventually(async () => {
    const size = (await checkpointAt(district))?.checkpoint.size
    return size === rows[0].n ? size : undefined
  })
}

const witnessName = (): string => city.platform.ledger.keys.witness.name

describe('登记', () => {
  test('keys：两把公钥各带指纹，可以在电话里对', async () => {
    const out = await done(city, 'keys')
    for (const vkey of [logVkeyOf(city), witnessVkeyOf(city)]) {
      expect(out).toContain(`  ${vkey}\n`)
      expect(out).toContain(`指纹 ${fingerprintOf(vkey)}`)
    }
  })

  test('抄错的、拿错的、自己的公钥和不是网址的网址，各说各的不对', async () => {
    const right = witnessVkeyOf(city)
    const wrong = right.replace(/\+([0-9a-f])/, (_, digit: string) => `+${digit === '0' ? '1' : '0'}`)
    expect(await refused(district, 'witness', 'add', wrong)).toContain('抄错了')
    expect(await refused(district, 'witness', 'add', 'bihuan')).toContain('不是公钥')
    expect(await refused(district, 'witness', 'add', logVkeyOf(city))).toContain('这是存证公钥，不是联署公钥')
    expect(await refused(district, 'witness', 'add', witnessVkeyOf(district))).toContain('自己')
    expect(await refused(district, 'witness', 'add', right, '--url', 'city:8600')).toContain('http://')
    expect(await refused(city, 'witness-for', 'add', witnessVkeyOf(district))).toContain('这是联署公钥，不是存证公钥')
    expect(await refused(city, 'witness-for', 'remove', 'nobody')).toContain('没有登记')
    expect(await done(district, 'witness', 'list')).toBe('还没有联署方\n')
  })

  test('同一个名称换一把公钥：不收', async () => {
    const [one, two] = [handmadeLog('other/1'), handmadeLog('other/1', 'another key')]
    await done(city, 'witness-for', 'add', one.vkey)
    expect(await refused(city, 'witness-for', 'add', two.vkey)).toContain('另一把公钥')
    await done(city, 'witness-for', 'remove', one.origin)
  })
})

describe('没有网络通到市里，靠 U 盘', () => {
  test('写出请求，市里联署，带回来收下：公开的快照上就有了', async () => {
    await done(district, 'witness', 'add', witnessVkeyOf(city))
    await done(city, 'witness-for', 'add', logVkeyOf(district))
    const size = await signedUp()
    const lines = await done(city, 'cosign', stick('request', await done(district, 'request', witnessName())))
    expect(await done(district, 'accept', stick('lines', lines))).toBe(
      `已收下 ${witnessName()} 对 ${size} 条快照的联署\n`,
    )
    expect((await cosignedAt(district, witnessVkeyOf(city)))?.checkpoint.size).toBe(size)
    expect(await done(district, 'witness', 'list')).toContain(`联署到 ${size} 条`)
    expect(await done(city, 'witness-for', 'list')).toContain(`联署到 ${size} 条`)
  })

  test('走到半路又办了事：联署的是那时的一份，照样收下，下一次从那里接起', async () => {
    await act()
    const size = await signedUp()
    const request = await done(district, 'request', witnessName())
    await act()
    await signedUp()
    const lines = await done(city, 'cosign', stick('request', request))
    expect(await done(district, 'accept', stick('lines', lines))).toContain(`对 ${size} 条快照`)
    expect(await done(district, 'request', witnessName())).toMatch(new RegExp(`^old ${size}\n`))
  })

  test('市里已经走到前面：说明从几条接起，照着写就接上了', async () => {
    const { rows } = await city.owner.query('select size from ledger.witnessed')
    const request = stick('early', await done(district, 'request', witnessName(), '--old', '0'))
    expect(await refused(city, 'cosign', request)).toContain(`--old ${rows[0].size}`)
    const again = stick('again', await done(district, 'request', witnessName(), '--old', String(rows[0].size)))
    await done(city, 'cosign', again)
  })

  test('改过一个字的、别处来的：不联署，也不收', async () => {
    const request = await done(district, 'request', witnessName())
    const size = Number(/\n(\d+)\n/.exec(request)?.[1])
    expect(
      await refused(city, 'cosign', stick('changed', request.replace(`\n${size}\n`, `\n${size - 1}\n`))),
    ).toContain('不联署')
    expect(await refused(city, 'cosign', stick('none', '什么也不是\n'))).toContain('格式不对')
    expect(await refused(city, 'cosign', stick('other', handmadeLog('other/2').request(0, 3)))).toContain('没有登记')
    expect(await refused(district, 'accept', stick('none', '什么也不是\n'))).toContain('没有联署')
    const foreign = handmadeLog('other/3').checkpoint(3)
    expect(await refused(district, 'accept', stick('foreign', foreign))).toContain('不是登记过的联署方签的')
  })

  test('撤下：最后联署的一份印出来留底', async () => {
    expect(await done(city, 'witness-for', 'remove', district.platform.ledger.identity.origin)).toMatch(
      new RegExp(`^${district.platform.ledger.identity.origin}\n\\d+\n`),
    )
    await done(district, 'witness', 'remove', witnessName())
    expect(await refused(district, 'request', witnessName())).toContain('没有登记')
  })
})
