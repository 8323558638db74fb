import { describe, expect, test } from 'vitest'
import { answering } from '#tests/support/answering.ts'
import { postCheckpoint } from './postCheckpoint.ts'

const asked = async (url: string, milliseconds = 5_000, stopped = new AbortController().signal) =>
  postCheckpoint(url, 'old 0\n', { milliseconds, stopped })

describe('问联署方', () => {
  test('问的是登记的网址下的 add-checkpoint，回答原样给出', async () => {
    const other = await answering(() => ({ status: 409, type: 'text/x.tlog.size', body: '7\n' }))
    expect(await asked(`${other.url}/log`)).toEqual({
      kind: 'answered',
      status: 409,
      type: 'text/x.tlog.size',
      body: '7\n',
    })
    expect(other.asked).toEqual(['old 0\n'])
    await other.close()
  })

  test('不回答的：到时候就放下', async () => {
    const silent = await answering(async () => undefined)
    expect(await asked(silent.url, 200)).toEqual({ kind: 'away', reason: '等了太久没有回答' })
    await silent.close()
  })

  test('答个没完的：不再听', async () => {
    const endless = await answering(async (_, response) => {
      response.writeHead(200)
      while (!response.destroyed) {
        response.write('x'.repeat(16_384))
        await new Promise((resolve) => setImmediate(resolve))
      }
      return undefined
    })
    expect(await asked(endless.url)).toEqual({ kind: 'away', reason: '回答太长，不像联署方' })
    await endless.close()
  })

  test('叫去别处问的：不去', async () => {
    const elsewhere = await answering(() => ({ status: 200, body: '' }))
    const pointing = await answering(async (_, response) => {
      response.writeHead(307, { location: elsewhere.url }).end()
      return undefined
    })
    expect((await asked(pointing.url)).kind).toBe('away')
    expect(elsewhere.asked).toEqual([])
    await elsewhere.close()
    await pointing.close()
  })

  test('没有人在：说是什么原因', async () => {
    expect(await asked('http://127.0.0.1:9')).toMatchObject({ kind: 'away' })
    const gone = await answering(() => ({ status: 200, body: '' }))
    await gone.close()
    expect(await asked(gone.url)).toEqual({ kind: 'away', reason: '对方没有开机或没有启动程序' })
  })
})
