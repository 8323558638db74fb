import { readCheckpoint } from '#translog/checkpoint.ts'
import { houseOf, numberIn } from '#translog/origin.ts'
import type { LogIdentity } from './identity.ts'
import type { SecondHome } from './secondHome.ts'
import { LedgerTrouble, unreadableCheckpoint } from './trouble.ts'

/**
 * Whose log lies in the second folder. An earlier one of ours makes room; a later one says that the database is old;
 * another installation's is never written over. Gives the last checkpoint of the log before, as far as it lies here.
 */
export const claimFolder = async (home: SecondHome, { origin, number }: LogIdentity): Promise<string | undefined> => {
  const written = await home.read('checkpoint')
  const there = written && readCheckpoint(written.toString('utf8'))?.checkpoint.origin
  if (there === origin) return undefined
  if (written && !there)
    throw new LedgerTrouble('folder', '第二存放处的快照文件 public/checkpoint 读不出来', unreadableCheckpoint)
  // Perhaps put aside at a start that was broken off.
  if (!there) return home.archive(number - 1)
  const theirs = numberIn(there)
  if (theirs === undefined || houseOf(there) !== houseOf(origin))
    throw new LedgerTrouble(
      'folder',
      `第二存放处放着另一套系统的存证（${there}）`,
      '用 bihuan serve --second 另指一个文件夹；原来的文件不要删',
    )
  if (theirs > number)
    throw new LedgerTrouble(
      'rolledBack',
      `数据库登记的是第 ${number} 套存证，第二存放处已经是第 ${theirs} 套：数据库是旧的`,
      '用所有者账号重新启动程序，会从第二存放处补回缺少的记录',
    )
  return home.archive(theirs)
}
