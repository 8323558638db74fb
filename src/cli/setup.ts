import type { Command } from 'commander'
import { type DataOptions, dataFolderOf, withDataFolder } from './dataFolder.ts'
import { Failed } from './failure.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { readNewPassword } from './readPassword.ts'
import { refused } from './refusal.ts'
import { answerJson, say } from './say.ts'

type Options = DataOptions & CommonOptions & { readonly bureau: string; readonly div: string; readonly account: string }

export const addSetup = (program: Command): void => {
  withDataFolder(
    leaf(program, {
      name: 'setup',
      summary: '首次设置：建立本局和第一个管理员；密码从键盘或标准输入读取',
      examples: [
        'bihuan setup --bureau 某某区应急管理局 --div 140404 --account guanliyuan',
        'bihuan setup --bureau 某某区应急管理局 --div 140404 --account guanliyuan < 密码文件',
      ],
      failedMeans: '已经设置过，或者填写的内容不行',
    }),
  )
    .requiredOption('--bureau <局名>', '本局的全称')
    .requiredOption('--div <代码>', '本局的行政区划代码，6 位')
    .requiredOption('--account <账号>', '第一个管理员的账号名')
    .action(async (options: Options) => {
      const password = await readNewPassword()
      const { setUpInstallation } = await import('./setUpInstallation.ts')
      const given = { bureauName: options.bureau, div: options.div, login: options.account, password }
      const done = await setUpInstallation(dataFolderOf(options), given)
      if (done === 'alreadySetUp') throw new Failed('本系统已经设置过；用已有的管理员账号登录')
      if (!done.ok) throw refused(done.refusal)
      say('已设置：运行 bihuan serve，用这个账号登录')
      if (options.json) answerJson({ bureau: options.bureau, div: options.div, account: options.account })
    })
}
