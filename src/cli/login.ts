import type { Command } from 'commander'
import { createClient } from '#contract/client.ts'
import { currentSession, type SessionShown, signIn, signOut } from '#contract/session.ts'
import { type DataOptions, dataFolderOf, notedAddress, withDataFolder } from './dataFolder.ts'
import { Misused } from './failure.ts'
import { failed, kept } from './keptClient.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { readPassword } from './readPassword.ts'
import { answerJson, say } from './say.ts'
import { dropSession, keepSession } from './sessionFile.ts'

type Options = DataOptions &
  CommonOptions & { readonly url?: string; readonly account?: string; readonly status?: true; readonly out?: true }

const tell = (session: SessionShown, url: string, json: boolean): void => {
  say(`${session.login}（${session.grant.roleTitle}，${session.grant.scopeTitle}）已登录 ${url}`)
  if (json) answerJson({ url, session })
}

const addressOf = (options: Options): string =>
  (options.url ?? notedAddress(dataFolderOf(options)) ?? 'http://127.0.0.1:8600').replace(/\/+$/, '')

const open = async (options: Options): Promise<void> => {
  if (!options.account) throw new Misused('要写选项 --account；加 --help 看用法')
  const url = addressOf(options)
  const password = await readPassword(`${options.account} 的密码：`)
  const answered = await createClient({ baseUrl: url }).call(signIn, { body: { login: options.account, password } })
  if (!answered.ok) throw failed(answered.problem)
  keepSession({ url, token: answered.value.token })
  tell(answered.value.session, url, options.json === true)
}

const show = async (options: Options): Promise<void> => {
  const { client, url } = kept()
  const answered = await client.call(currentSession, {})
  if (!answered.ok) throw failed(answered.problem)
  tell(answered.value, url, options.json === true)
}

const close = async (options: Options): Promise<void> => {
  const { client, url } = kept()
  const answered = await client.call(signOut, {})
  if (!answered.ok && answered.problem.code !== 'not-signed-in') throw failed(answered.problem)
  dropSession()
  say(`已退出 ${url}`)
  if (options.json) answerJson({ url })
}

export const addLogin = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'login',
      summary: '在命令行登录；密码从键盘或标准输入读取，登录状态只存在本用户的配置文件夹',
      examples: [
        'bihuan login --url http://127.0.0.1:8600 --account guanliyuan',
        'bihuan login --status',
        'bihuan login --out',
      ],
      failedMeans: '账号或密码不对，或者连不上',
    }),
  )
    .option('--url <网址>', '系统的网址；不写时用本机正在运行的那个')
    .option('--account <账号>', '账号名')
    .option('--status', '看现在以谁登录')
    .option('--out', '退出登录')
    .action((options: Options) => (options.out ? close(options) : options.status ? show(options) : open(options)))
}
