import { postOf } from '#demo/posts.ts'

/** For the demo alone: its companies carry codes no real unit can hold, and its pages say 演示数据·虚构. */
const demoPassword = 'bihuan-demo-2023'

export type DemoAccount = {
  readonly login: string
  readonly title: string
  readonly password: string
  /** The post whose account it opens. */
  readonly post: string
}

const account = (login: string, title: string, post: string): DemoAccount => ({
  login,
  title,
  password: demoPassword,
  post: postOf(post).key,
})

/** Named by post, never by person; the ones a tour needs come first. */
export const demoAccounts: readonly DemoAccount[] = [
  account('guzhang', '区局 · 三股股长', '局/三股股长'),
  account('f08-kuangzhang', 'F08 木铎山 · 矿长', 'F08/矿长'),
  account('f04-kuangzhang', 'F04 月牙凹 · 矿长', 'F04/矿长'),
  account('f04-anquanyuan', 'F04 月牙凹 · 安全员', 'F04/安全员'),
  account('f04-gongren', 'F04 月牙凹 · 穿孔工', 'F04/穿孔工'),
  account('jianguanyuan-jia', '区局 · 监管员甲', '局/监管员甲'),
  account('jianguanyuan-yi', '区局 · 监管员乙', '局/监管员乙'),
  account('zhifayuan-jia', '区局 · 执法员甲', '局/执法员甲'),
  account('zhongduizhang', '区局 · 执法中队长', '局/执法中队长'),
  account('fazhi', '区局 · 法制审核员', '局/法制审核员'),
  account('fuguan', '区局 · 分管副局长', '局/分管副局长'),
  account('juzhang', '区局 · 局长', '局/局长'),
  account('guanliyuan', '区局 · 系统管理员', '局/系统管理员'),
  account('shiju', '市局 · 非煤监管科员', '市局/非煤监管科员'),
  account('bayi', '八义镇 · 应急站长', '八义镇/应急站长'),
  account('zhuanjia', '专家库 · 采矿专家', '专家库/采矿专家'),
  account('f01-kuangzhang', 'F01 云梯岭 · 矿长', 'F01/矿长'),
  account('f02-kuangzhang', 'F02 镜石坡 · 矿长', 'F02/矿长'),
  account('f03-kuangzhang', 'F03 北斗沟 · 矿长', 'F03/矿长'),
  account('f03-banzhang', 'F03 北斗沟 · 采剥班长', 'F03/采剥班长'),
  account('f04-jishu', 'F04 月牙凹 · 技术负责人', 'F04/技术负责人'),
  account('f05-kuangzhang', 'F05 棋盘垴 · 矿长', 'F05/矿长'),
  account('f05-shikongren', 'F05 棋盘垴 · 实际控制人', 'F05/实际控制人'),
  account('f07-kuangzhang', 'F07 纸鸢坪 · 矿长', 'F07/矿长'),
  account('f10-kuangzhang', 'F10 萤火坳 · 矿长', 'F10/矿长'),
  account('f11-fuzeren', 'F11 铁砧峪铁矿、F12 尾矿库 · 主要负责人', 'F11/主要负责人'),
  account('f06-dingshou', 'F06 白鹭坡 · 盯守人员', 'F06/盯守人员甲'),
]
