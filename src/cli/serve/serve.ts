import type { Command } from 'commander'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'

type Options = DataOptions &
  CommonOptions & {
    readonly port: string
    readonly host: string
    readonly services: string
    readonly secure?: true
    readonly second?: string
  }

const portOf = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Misused(`端口 ${text} 不对；填 0 到 65535`)
  return port
}

const servicesOf = (text: string): { readonly web: boolean; readonly worker: boolean } => {
  const named = text.split(',').map((name) => name.trim())
  const strange = named.find((name) => name !== 'web' && name !== 'worker')
  if (strange !== undefined) throw new Misused(`没有“${strange}”这种服务；--services 填 web、worker 或 web,worker`)
  return { web: named.includes('web'), worker: named.includes('worker') }
}

export const addServe = (program: Command): void => {
  const command = withDataFolder(
    leaf(program, {
      name: 'serve',
      summary: '启动系统：数据库、升级、网页和后台任务；按 Ctrl-C 停止',
      examples: ['bihuan serve', 'bihuan serve --demo --port 8601', 'bihuan serve --services worker'],
      failedMeans: '没有启动起来，或者数据库中途失去',
    }),
  )
  command
    .option('--port <端口>', '网页端口，不写是 8600', '8600')
    .option('--host <地址>', '监听的地址，不写是 127.0.0.1，只有本机能打开', '127.0.0.1')
    .option('--services <名单>', '这个进程做什么，不写是 web,worker', 'web,worker')
    .option('--second <文件夹>', '存证的第二存放处，最好在另一块硬盘、U 盘或共享上；写一次就记住')
    .option('--secure', '前面有 HTTPS 反向代理时使用：登录状态只走加密连接')
    .action(async (options: Options) => {
      const asked = {
        dataDir: dataFolderOf(options),
        demo: options.demo === true,
        port: portOf(options.port),
        host: options.host,
        services: servicesOf(options.services),
        secure: options.secure === true,
        second: options.second,
        json: options.json === true,
        verbose: options.verbose === true,
      }
      const { run } = await import('./run.ts')
      await run(asked)
    })
}
