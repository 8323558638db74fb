import type { Column } from '#domain/importing/header.ts'
import {
  type CellReader,
  choiceCell,
  creditCodeCell,
  dayCell,
  numberCell,
  textCell,
  yesNoCell,
} from '#domain/importing/readCell.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import type { MineFact } from '#rulebook/mineFact.ts'

const words = <T extends object>(titles: T): readonly string[] => Object.values(titles)

const headCount = numberCell({ min: 0, max: 100_000, whole: true })

/** Kept among the mine's other data, under the name that its page knows. */
export const permitKey = 'safetyPermitUntil'

const own = (towns: readonly string[]): readonly Column[] => [
  {
    key: 'code',
    title: '编号',
    aliases: ['矿山编号', '矿山代码', '矿编号'],
    required: true,
    read: textCell(20),
    help: '本局给矿编的号，一矿一号',
    example: 'F01',
  },
  {
    key: 'name',
    title: '矿山名称',
    aliases: ['名称', '矿名', '矿山', '生产系统名称', '矿山（生产系统）名称'],
    required: true,
    read: textCell(100),
    help: '矿山或生产系统的名称',
    example: '青石岭石灰岩矿',
  },
  {
    key: 'companyName',
    title: '企业名称',
    aliases: ['所属企业', '单位名称', '企业', '所属单位', '公司名称'],
    required: true,
    read: textCell(100),
    help: '营业执照上的名称；一家企业有几座矿的，每行都写',
    example: '某某石灰岩有限公司',
  },
  {
    key: 'creditCode',
    title: '统一社会信用代码',
    aliases: ['信用代码', '社会信用代码', '企业信用代码'],
    required: true,
    read: creditCodeCell,
    help: '18 位，单元格用文本格式',
  },
  {
    key: 'township',
    title: '乡镇',
    aliases: ['所在乡镇', '乡镇街道', '乡（镇）', '所属乡镇', '所在地'],
    required: true,
    read: textCell(50),
    help: '矿所在的乡镇、街道全名',
    choices: towns,
  },
  {
    key: 'div',
    title: '行政区划代码',
    aliases: ['区划代码', '区划', '乡镇代码'],
    required: false,
    read: textCell(12),
    help: '9 位；乡镇在名录里的可以不填',
  },
  {
    key: 'mineType',
    title: '矿山类型',
    aliases: ['类型', '矿山类别', '开采方式', '类别'],
    required: true,
    read: choiceCell(mineTypes, {
      露天矿山: 'openPit',
      露天开采: 'openPit',
      露天矿: 'openPit',
      地下矿山: 'underground',
      地下开采: 'underground',
      地下矿: 'underground',
    }),
    help: '从列表里选',
    choices: words(mineTypes),
  },
  {
    key: 'typeNote',
    title: '类型说明',
    aliases: [],
    required: false,
    read: textCell(100),
    help: '如：凹陷露天、山坡露天',
  },
  {
    key: 'mineral',
    title: '矿种',
    aliases: ['开采矿种', '主要矿种', '主采矿种'],
    required: true,
    read: textCell(50),
    help: '如：石灰岩',
    example: '石灰岩',
  },
  {
    key: 'scale',
    title: '规模',
    aliases: ['生产规模', '设计规模', '生产能力', '设计生产能力'],
    required: true,
    read: textCell(50),
    help: '带单位写，如：60万吨/年',
    example: '60万吨/年',
  },
  {
    key: 'status',
    title: '状态',
    aliases: ['生产状态', '矿山状态', '运行状态', '目前状态'],
    required: true,
    read: choiceCell(mineStatuses, {
      生产: 'producing',
      正常: 'producing',
      基建: 'underConstruction',
      停产整顿: 'rectifying',
      长期停产: 'longSuspended',
      长期停建: 'constructionHalted',
      停用: 'outOfUse',
    }),
    help: '从列表里选',
    choices: words(mineStatuses),
  },
  { key: 'statusNote', title: '状态说明', aliases: [], required: false, read: textCell(200), help: '如：自何日停产' },
  {
    key: 'watcher',
    title: '盯守人员',
    aliases: ['驻矿盯守', '驻矿盯守人员', '盯守'],
    required: false,
    read: textCell(50),
    help: '写岗位不写姓名；长期停产、停建的必填',
    example: '盯守负责人',
  },
  {
    key: 'inScope',
    title: '是否纳入整治',
    aliases: ['整治范围', '是否在整治范围', '纳入整治', '列入整治'],
    required: false,
    read: yesNoCell,
    help: '正常生产的都纳入，可不填；其他的必填',
    choices: ['是', '否'],
  },
  {
    key: 'scopeReason',
    title: '范围说明',
    aliases: ['纳入理由', '不纳入理由', '整治范围说明'],
    required: false,
    read: textCell(300),
    help: '为什么纳入或不纳入；不是正常生产的必填',
  },
  {
    key: 'staffOwn',
    title: '本矿人数',
    aliases: ['从业人数', '从业人员', '人数', '职工人数', '本矿从业人数'],
    required: true,
    read: headCount,
    help: '整数',
    example: '31',
  },
  {
    key: 'staffContracted',
    title: '外包外租人数',
    aliases: ['外包人数', '承包单位人数', '外包外租从业人数'],
    required: true,
    read: headCount,
    help: '整数；没有外包外租的填 0',
    example: '0',
  },
  {
    key: permitKey,
    title: '安全生产许可证有效期至',
    aliases: ['许可证有效期', '安全生产许可证有效期', '许可证有效期至', '许可证到期日'],
    required: false,
    read: dayCell,
    help: '没有取证的不填',
    example: '2026-05-31',
  },
]

const factReader = (fact: MineFact): CellReader<unknown> => {
  if (fact.kind === 'yesNo') return yesNoCell
  if (fact.kind === 'number') return numberCell({ min: 0, max: 1e9 })
  return choiceCell(fact.options)
}

const factChoices = (fact: MineFact): readonly string[] | undefined => {
  if (fact.kind === 'yesNo') return ['是', '否']
  return fact.kind === 'choice' ? Object.values(fact.options) : undefined
}

export const factKey = (key: string): string => `fact.${key}`

/** The facts that decide which criteria apply: each may be left out, and is then unknown, never 否. */
const ofFact = (fact: MineFact): Column => {
  const choices = factChoices(fact)
  return {
    key: factKey(fact.key),
    title: fact.kind === 'number' ? `${fact.title}（${fact.unit}）` : fact.title,
    aliases: [],
    required: false,
    read: factReader(fact),
    help: `${fact.question}不知道的不填`,
    ...(choices && { choices }),
  }
}

export const mineColumns = (facts: readonly MineFact[], towns: readonly string[]): readonly Column[] => [
  ...own(towns),
  ...facts.map(ofFact),
]
