import type { Replayed } from './replay.ts'
import type { Settled } from './settle.ts'

export const describeReplayed = ({ from, to, events, commands, closed }: Replayed): string =>
  [
    `数据库只到存证第 ${from} 条，已从第二存放处补到第 ${to} 条`,
    ...(events > 0 ? [`补回 ${events} 条记录、${commands} 次办理`] : []),
    ...(closed > 0 ? [`其中 ${closed} 条的个人信息早已删除，内容无法再与存证核对，按第二存放处的原样补回`] : []),
  ].join('；')

const some = (count: number, text: (count: number) => string): readonly string[] => (count > 0 ? [text(count)] : [])

/** What came back beside the records, and what could not: one line each. */
export const describeSettled = (settled: Settled): readonly string[] => [
  `数据表改正 ${settled.rows} 行`,
  ...some(settled.filesFound, (count) => `${count} 个文件还在数据文件夹里，已重新登记（原来的文件名补不回来）`),
  ...some(settled.filesGone, (count) => `!! ${count} 个文件补不回来，请向上传的人要原件重新上传`),
  ...some(settled.names, (count) => `!! ${count} 个人的姓名、手机不在存证里，补不回来，请在“人员”里重新登记`),
  ...some(settled.logins, (count) => `!! ${count} 个账号的账号名或密码后来设过，补不回来，请管理员重新设置`),
  ...some(settled.unopened, (count) => `!! ${count} 条移交企业台账的举报还没有在企业台账里开立，请核对后补报`),
  ...some(settled.erasedAgain, (count) => `${count} 个人的个人信息早已删除，旧数据库里的已重新删除`),
  '没有做完的后台任务（如照片副本）不在存证里，打开照片时会自动重做',
]
