import type { Command } from 'commander'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { type DataOptions, dataFolderOf, withDataFolder } from '../dataFolder.ts'
import { Misused } from '../failure.ts'
import { type CommonOptions, leaf } from '../leaf.ts'
import { answer, answerJson } from '../say.ts'

type Options = DataOptions & CommonOptions & { readonly reason?: string; readonly by: readonly string[] }

const titles = roleNames.filter((name) => name !== 'setup').map(roleTitle)

/** 主要负责人 is 主要负责人（矿长） too. */
const postNamed = (given: string): string => {
  const found = titles.find((title) => title === given || title.split('（')[0] === given)
  if (!found) throw new Misused(`没有“${given}”这个岗位；--by 写岗位，不写姓名，可写：${titles.join('、')}`)
  return found
}

const postsIn = ({ by }: Options): readonly string[] => {
  const posts = [...new Set(by.map(postNamed))]
  if (posts.length < 2) throw new Misused('另起存证要两个不同的岗位决定；--by 写两次')
  return posts
}

const reasonIn = ({ reason }: Options): string => {
  const text = reason?.trim() ?? ''
  if (text.length < 4 || text.length > 500 || /\p{Cc}/u.test(text))
    throw new Misused('--reason 写明为什么另起存证，4 到 500 个字，写成一行；会公开，不要写姓名')
  return text
}

export const addBegin = (parent: Command): void => {
  withDataFolder(
    leaf(parent, {
      name: 'begin',
      summary: '另起一套存证：原来的接不下去时用；理由和决定的岗位写进第一条，公开，不能撤销；先停止程序',
      examples: ['bihuan ledger begin --reason "恢复后的办理要保留，原存证收入归档" --by 局长 --by 系统管理员'],
      failedMeans: '没有另起，原来的存证没有动',
    }),
  )
    .option('--reason <理由>', '为什么另起；会公开')
    .option('--by <岗位>', '决定的岗位，写两次', (post: string, posts: readonly string[]) => [...posts, post], [])
    .action(async (options: Options) => {
      const decision = { reason: reasonIn(options), decidedBy: postsIn(options) }
      const [{ beginDecided }, { withSequencerLock }, { openKeys }, { secondFolderOf }, { asOwner }] =
        await Promise.all([
          import('#server/ledger/beginAnew.ts'),
          import('#server/ledger/withSequencerLock.ts'),
          import('#server/ledger/keys.ts'),
          import('#server/ledger/secondFolder.ts'),
          import('../withDatabase.ts'),
        ])
      const dataDir = dataFolderOf(options)
      const begun = await asOwner(dataDir, ({ adminUrl }) =>
        withSequencerLock(adminUrl, (db) =>
          beginDecided(db, decision, {
            keys: openKeys(dataDir),
            secondFolder: secondFolderOf(dataDir),
            now: new Date(),
          }),
        ),
      )
      if (options.json) answerJson(begun)
      else
        answer(
          `已另起第 ${begun.number} 套存证（${begun.origin}）；启动系统后，已有的记录会全部排进去。原来的文件收在第二存放处的 archive 里，请保管好`,
        )
    })
}
