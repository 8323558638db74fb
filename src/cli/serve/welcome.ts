import type { Platform } from '#server/platform/platform.ts'
import { answer, say } from '../say.ts'

type DemoAccount = { readonly login: string; readonly title: string; readonly password: string }

export type Welcome = {
  readonly platform: Pick<Platform, 'pool' | 'demo'>
  readonly url: string
  readonly setupCode: string
  readonly accounts: readonly DemoAccount[]
  readonly json: boolean
}

const needsSetup = async (pool: Platform['pool']): Promise<boolean> => {
  const { rows } = await pool.query<{ some: boolean }>('select machinery.has_accounts() as some')
  return rows[0]?.some !== true
}

const width = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0)
const padded = (text: string, to: number): string => text + ' '.repeat(Math.max(to - width(text), 0))

const accountLines = (accounts: readonly DemoAccount[]): readonly string[] => {
  const widest = Math.max(...accounts.map(({ login }) => width(login)))
  return accounts.map(({ login, title }) => `  ${padded(login, widest)}  ${title}`)
}

/** Where to go, and with what to sign in. */
export const welcome = async ({ platform, url, setupCode, accounts, json }: Welcome): Promise<void> => {
  const fresh = await needsSetup(platform.pool)
  if (json)
    answer(
      JSON.stringify({
        url,
        demo: platform.demo,
        ...(fresh && { setupCode }),
        accounts,
      }),
    )
  say('')
  say(`  打开 ${url}      手机版 ${url}/m/`)
  if (fresh) say(`  首次使用：在网页上设置本局和第一个管理员，设置码 ${setupCode}`)
  if (accounts.length > 0) {
    say('')
    say(`  演示账号（数据均为虚构，密码都是 ${accounts[0]?.password}）：`)
    for (const line of accountLines(accounts)) say(line)
  }
  say('')
}
