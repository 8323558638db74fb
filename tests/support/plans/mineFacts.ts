import { type Facts, pick, type Random, shuffled, whole } from './grammar.ts'

const first = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given = [...'建国志强海军永红晓明秀兰文武俊峰玉龙春生福贵爱民卫东庆丰新华小军长江立新成林双喜金山保平天佑树森']
const nameParts = [...'恒鑫泰盛源隆宏达丰瑞德昌顺利兴旺华通金石玉峰云岭青松汇聚永固']
const villages = [
  '石后',
  '东掌',
  '南岭',
  '西坡',
  '王庄',
  '韩川',
  '北沟',
  '苗寨',
  '柳树',
  '郝家',
  '上河',
  '李坊',
  '五里',
  '南宋',
  '荫坪',
  '曲里',
]
const minerals = ['石灰岩', '建筑用砂岩', '白云岩', '铝土矿', '石膏', '页岩', '冶镁白云岩', '铁矿']
const makes = [
  '卡特326',
  '小松PC360',
  '徐工XE370',
  '三一SY365',
  '柳工CLG856',
  '临工L955',
  '龙工LG855',
  '志高ZGYX-420',
  '宏大CM351',
]
const kinds = [
  '液压挖掘机',
  '装载机',
  '潜孔钻机',
  '矿用自卸车',
  '颚式破碎机',
  '反击破',
  '洒水车',
  '空压机',
  '推土机',
  '振动筛',
  '变压器',
]
const works = [
  '边坡监测设备更新',
  '防尘喷淋改造',
  '车挡加高',
  '截水沟疏浚',
  '劳动防护用品采购',
  '职工培训',
  '应急演练',
  '道路硬化',
  '配电室整修',
  '视频监控增点',
  '采空区探测',
  '浮石清理',
]

const moneyOf = (random: Random): string =>
  random() < 0.5 ? `${whole(random, 2, 95)}.${whole(random, 1, 9)}万元` : `${whole(random, 12, 990)}00元`

const listOf = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

/** All that is a mine's own, drawn for it. */
export const mineFacts = (random: Random): Facts & { readonly mine: string; readonly company: string } => {
  const person = (): string =>
    `${pick(random, first)}${pick(random, given)}${random() < 0.7 ? pick(random, given) : ''}`
  const word = `${pick(random, nameParts)}${pick(random, nameParts)}${random() < 0.4 ? pick(random, nameParts) : ''}`
  const village = pick(random, villages)
  const kind = pick(random, ['石料厂', '采石场', '石灰石矿', '露天矿', '建材矿'])
  const mine = `${village}${word}${kind}`
  const sides = shuffled(random, ['东帮', '西帮', '南帮', '北帮', '东南角', '西北角'])
  const low = whole(random, 900, 1250)
  const benches = listOf(whole(random, 3, 6), () => 0).map(
    (_, i) => `+${low + i * whole(random, 10, 15)}米${pick(random, ['平台', '台阶', '水平'])}`,
  )
  const numbers = ['1号', '2号', '3号', '一采区', '二采区', '新区', '老区']
  const machines = listOf(7, () => `${pick(random, makes)}${pick(random, kinds)}`)
  const teams = shuffled(random, [
    '采剥一队',
    '采剥二队',
    '运输队',
    '穿爆队',
    '破碎车间',
    '维修班',
    '排土班',
    '机电班',
    '加工车间',
  ])
  return {
    mine,
    company: `${village}${word}${pick(random, ['矿业', '建材', '石业', '工贸'])}有限公司`,
    village: `${pick(random, ['韩店', '苏店', '荫城', '西火', '八义', '贾掌', '郝家庄', '东和'])}镇${village}村`,
    mineral: pick(random, minerals),
    area: `0.${whole(random, 1000, 9999)}`,
    output: String(whole(random, 10, 150)),
    pit: `${pick(random, numbers)}采场`,
    dump: `${pick(random, ['西沟', '南沟', '后山', '东坡', '马蹄沟', '石门'])}排土场`,
    bench: benches,
    place: [
      ...benches,
      ...sides.slice(0, 3).map((side) => `${pick(random, numbers)}${side}`),
      `${pick(random, ['西沟', '南沟', '后山', '东坡'])}排土场`,
      `${whole(random, 1, 3)}号运输道路`,
      '破碎站料仓',
      `${whole(random, 200, 800)}千伏安变电所`,
      '炸药库',
      '油库',
      '办公生活区后山边坡',
    ],
    machine: machines,
    unit: teams.slice(0, 5),
    worker: listOf(14, person),
    boss: `矿长${person()}`,
    deputy: [`安全副矿长${person()}`, `生产副矿长${person()}`, `机电副矿长${person()}`],
    officer: [`安全科长${person()}`, `安全员${person()}`],
    contractor: [
      `${pick(random, nameParts)}${pick(random, nameParts)}爆破公司`,
      `${pick(random, nameParts)}${pick(random, nameParts)}工程队`,
    ],
    rescue: `${pick(random, ['区', '市', '县'])}矿山救护${pick(random, ['队', '中队', '二中队'])}`,
    hospital: `${village}${pick(random, ['卫生院', '镇医院', '矿区卫生所'])}`,
    safe: `${pick(random, ['地磅房', '办公楼前', '停车场', '料场东侧', '东大门'])}`,
    work: shuffled(random, works).slice(0, 6),
    date: listOf(16, () => `2023年${whole(random, 5, 12)}月${whole(random, 1, 28)}日`),
    money: listOf(12, () => moneyOf(random)),
  }
}
