/** One kind of everyday hazard: numbers stand as ranges in braces and are drawn when it is written down. */
export type Phrase = {
  readonly system: string
  readonly place: string
  readonly text: string
  readonly measures: string
  /** Median days to mend it; 0 is on the spot. */
  readonly days: number
  readonly wanYuan: readonly [low: number, high: number]
  /** Twice as often in the week after rain: slopes, roads, water. */
  readonly wet?: true
}

export const phraseBank: readonly Phrase[] = [
  {
    system: '采剥',
    place: '+{标高} m平台坡面',
    text: '浮石约{1–8} m³未清',
    measures: '机械清理，清理前坡下封闭',
    days: 1,
    wanYuan: [0.1, 0.4],
    wet: true,
  },
  {
    system: '采剥',
    place: '+{标高} m台阶',
    text: '挖掘机距台阶边缘{1.0–2.5} m作业，未设专人指挥',
    measures: '退至安全距离，设专人指挥',
    days: 0,
    wanYuan: [0, 0],
  },
  {
    system: '穿孔',
    place: '+{标高} m穿孔平台',
    text: '潜孔钻捕尘袋破损{1–3}只（未拆除、未停用，不构成OP-02）',
    measures: '更换捕尘袋',
    days: 1,
    wanYuan: [0.05, 0.2],
  },
  {
    system: '爆破',
    place: '爆破警戒记录',
    text: '警戒记录缺岗位签字{1–3}处；盲炮检查记录漏填',
    measures: '补签，班前会重申',
    days: 1,
    wanYuan: [0, 0],
  },
  {
    system: '爆破',
    place: '避炮棚',
    text: '迎坡面钢板开焊{20–60} cm',
    measures: '补焊，探伤后使用',
    days: 2,
    wanYuan: [0.1, 0.3],
  },
  {
    system: '装运',
    place: '上山道路外侧',
    text: '车挡{12–60} m高{0.4–0.6} m，低于设计',
    measures: '补土压实到设计高度',
    days: 2,
    wanYuan: [0.2, 0.9],
    wet: true,
  },
  {
    system: '装运',
    place: '弯道会车处',
    text: '反光镜、限速牌缺失{1–3}处',
    measures: '补齐',
    days: 2,
    wanYuan: [0.05, 0.2],
  },
  {
    system: '装运',
    place: '自卸车',
    text: '倒车蜂鸣器、灭火器失效{1–4}台',
    measures: '停用更换',
    days: 1,
    wanYuan: [0.02, 0.2],
  },
  {
    system: '装运',
    place: '装料口',
    text: '外来拉料司机{1–6}人未做入矿告知',
    measures: '补告知卡，门岗把关',
    days: 1,
    wanYuan: [0.05, 0.05],
  },
  {
    system: '破碎',
    place: '{1–5}#皮带机',
    text: '机尾滚筒防护网缺{1–2}处；拉绳开关失效',
    measures: '停机挂牌，补网换开关',
    days: 1,
    wanYuan: [0.05, 0.2],
  },
  {
    system: '破碎',
    place: '料仓口',
    text: '篦条缺{1–3}根，未设安全带挂点',
    measures: '补篦条，焊挂点',
    days: 2,
    wanYuan: [0.1, 0.3],
  },
  {
    system: '排土',
    place: '卸载平台',
    text: '反坡不足，车挡低于设计{8–25} m',
    measures: '推土机整平，补车挡',
    days: 1,
    wanYuan: [0.1, 0.4],
    wet: true,
  },
  {
    system: '防排水',
    place: '截水沟、集水坑',
    text: '截水沟淤堵{10–80} m；集水坑淤积{0.3–0.8} m',
    measures: '清淤',
    days: 2,
    wanYuan: [0.1, 0.6],
    wet: true,
  },
  {
    system: '供配电',
    place: '配电箱',
    text: '配电箱无门、PE线脱落{1–3}处；电缆过路未穿管{4–15} m',
    measures: '停电整改，挂牌上锁',
    days: 1,
    wanYuan: [0.03, 0.2],
  },
  {
    system: '供配电',
    place: '配电室',
    text: '绝缘手套、接地电阻检测过期',
    measures: '送检，过期停用',
    days: 6,
    wanYuan: [0.1, 0.3],
  },
  {
    system: '消防',
    place: '油罐区',
    text: '灭火器压力不足{2–6}具，静电接地夹缺失',
    measures: '充装、补齐',
    days: 1,
    wanYuan: [0.05, 0.1],
  },
  {
    system: '动火',
    place: '维修间',
    text: '氧气、乙炔瓶间距{2–4} m，未防倾倒',
    measures: '移开至5 m以上并固定',
    days: 0,
    wanYuan: [0.02, 0.02],
  },
  {
    system: '防尘',
    place: '破碎站',
    text: '喷淋堵{2–6}个，雾炮停用',
    measures: '疏通喷头，恢复雾炮',
    days: 1,
    wanYuan: [0.05, 0.1],
  },
  {
    system: '劳保',
    place: '坡顶作业面',
    text: '{1–4}人未系帽带、坡顶作业未系安全带',
    measures: '停止作业，系好后再上',
    days: 0,
    wanYuan: [0, 0],
  },
  {
    system: '培训',
    place: '培训档案',
    text: '新入矿{1–3}人学时不足；特种作业操作证{30–60}天内到期',
    measures: '停岗补训，报名复审',
    days: 10,
    wanYuan: [0.1, 0.5],
  },
  {
    system: '外包',
    place: '外包档案',
    text: '协议、资质复印件过期未更新；外包人员未入本矿花名册{1–3}人',
    measures: '更新资料，补录花名册',
    days: 5,
    wanYuan: [0, 0],
  },
  {
    system: '监测',
    place: '人工测点',
    text: '测点桩松动{1–2}处，漏测1期',
    measures: '重埋、补测并注明',
    days: 2,
    wanYuan: [0.02, 0.1],
    wet: true,
  },
  {
    system: '管理',
    place: '采场入口',
    text: '风险告知牌褪色{1–4}块；交接班记录漏签',
    measures: '换牌、补签',
    days: 2,
    wanYuan: [0.02, 0.1],
  },
  {
    system: '应急',
    place: '应急物资库',
    text: '汛期沙袋、水泵数量不足；值班电话无人接听1次',
    measures: '补足物资，调整值班',
    days: 1,
    wanYuan: [0.1, 0.3],
    wet: true,
  },
]

const range = /\{([\d.]+)–([\d.]+)\}/g

const places = (text: string): number => text.split('.')[1]?.length ?? 0

/** Draws the numbers of a phrase; `elevationM` stands in for {标高}. */
export const written = (template: string, random: () => number, elevationM: number): string =>
  template.replaceAll('{标高}', String(elevationM)).replace(range, (_, low: string, high: string) => {
    const digits = places(low)
    const step = 10 ** -digits
    const steps = Math.round((Number(high) - Number(low)) / step)
    return (Number(low) + Math.floor(random() * (steps + 1)) * step).toFixed(digits)
  })
