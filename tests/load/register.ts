import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Role } from '#domain/access/role.ts'
import type { Program } from '#tests/load/program.ts'
import { createSender, type Sender } from '#tests/load/sender.ts'

/** A mine with the safety deputy who will write its register, signed in. */
export type SignedInMine = {
  readonly mineId: string
  readonly personId: string
  readonly accountId: string
  readonly token: string
}

export type Registered = {
  readonly mines: readonly SignedInMine[] /** Commands sent to get there. */
  readonly commands: number
}

const password = '北坡台阶 每周测一次'
const div = '140404'
const role: Role = 'safetyDeputy'
const signedIn = z.object({ token: z.string() })

const must = async (sending: ReturnType<Sender['send']>): Promise<unknown> => {
  const { status, body } = await sending
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** First-run setup and a small district, all over HTTP: a bureau, a company, `count` open pits, a signed-in person each. */
export const registerMines = async (program: Program, count: number): Promise<Registered> => {
  const { send, close } = createSender(program.url)
  let commands = 0
  const setup = { bureauName: '测试县应急管理局', div, login: '管理员', password, code: program.setupCode() }
  const admin = signedIn.parse(await must(send('POST', '/api/setup', setup))).token
  // The bureau, its administrator's account and what he signs in with are commands too.
  commands += 3
  const put = async (path: string, value: unknown): Promise<void> => {
    await must(send('PUT', path, { commandId: uuidv7(), value }, admin))
    commands += 1
  }
  const companyId = uuidv7()
  await put(`/api/companies/${companyId}`, { name: '测试矿业有限公司', creditCode: '91110000600037341L', div })
  const mines: SignedInMine[] = []
  for (let index = 1; index <= count; index += 1) {
    const [mineId, personId, accountId] = [uuidv7(), uuidv7(), uuidv7()]
    const code = `K${String(index).padStart(2, '0')}`
    await put(`/api/mines/${mineId}`, {
      code,
      name: `${code} 露天矿`,
      companyId,
      div: '140404100',
      township: '测试镇',
      mineType: 'openPit',
      mineral: '石灰岩',
      scale: '小型',
      status: 'producing',
      inScope: true,
      scopeReason: '生产矿山',
      staffOwn: 40,
      staffContracted: 10,
      facts: {},
    })
    await put(`/api/tenants/${mineId}/people/${personId}`, { post: '安全副矿长', active: true })
    const grants = [{ role, scope: { kind: 'tenants', ids: [mineId] } }]
    await put(`/api/tenants/${mineId}/accounts/${accountId}`, { personId, disabled: false, grants })
    const login = `安全副矿长${code}`
    await must(send('PUT', `/api/tenants/${mineId}/accounts/${accountId}/credentials`, { login, password }, admin))
    commands += 1
    const { token } = signedIn.parse(await must(send('POST', '/api/session', { login, password })))
    mines.push({ mineId, personId, accountId, token })
  }
  close()
  return { mines, commands }
}
