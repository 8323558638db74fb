import { listingLevels } from '#domain/hazard/ledgerRow.ts'
import { ledgerSources } from '#domain/hazard/source.ts'
import { grades } from '#domain/hazard/status.ts'
import { shownText } from '#domain/importing/cell.ts'
import type { Column } from '#domain/importing/header.ts'
import { type CellReader, choiceCell, dayCell, textCell, yesNoCell, yuanCell } from '#domain/importing/readCell.ts'

/** How ledgers name where a hazard stands; each word as it is used there. */
const standings = {
  open: '未销号',
  done: '已整改',
  passed: '复查合格',
  failed: '复查不合格',
  closed: '已销号',
} as const

const otherStandings: Readonly<Record<string, keyof typeof standings>> = {
  未整改: 'open',
  待整改: 'open',
  整改中: 'open',
  正在整改: 'open',
  未完成: 'open',
  未闭环: 'open',
  进行中: 'open',
  上报未整改: 'open',
  责令未整改: 'open',
  已通知待整改: 'open',
  pending: 'open',
  rectifying: 'open',
  已完成: 'done',
  完成: 'done',
  整改完成: 'done',
  已整改完成: 'done',
  整改完毕: 'done',
  已整改待审核: 'done',
  待复查: 'done',
  待验收: 'done',
  通过: 'passed',
  合格: 'passed',
  验收合格: 'passed',
  已验收: 'passed',
  不通过: 'failed',
  不合格: 'failed',
  验收不合格: 'failed',
  销号: 'closed',
  已闭环: 'closed',
  闭环: 'closed',
  已核销: 'closed',
  核销: 'closed',
  已关闭: 'closed',
  已办结: 'closed',
  办结: 'closed',
  closed: 'closed',
}

export type Stated = { readonly standing: keyof typeof standings; readonly word: string }

const statedCell: CellReader<Stated> = (cell, context) => {
  const read = choiceCell(standings, otherStandings)(cell, context)
  return read.ok ? { ok: true, value: { standing: read.value, word: shownText(cell) } } : read
}

/** Two schemes of numbers for the level are in use and contradict each other, so that no number can be read. */
const levelCell: CellReader<string> = (cell, context) => {
  const text = shownText(cell)
  if (/^-?\d+$/.test(text) && text !== '-1')
    return {
      ok: false,
      reason: `挂牌级别代号“${text}”有两种说法`,
      remedy: `请写成${Object.values(listingLevels).join('、')}或“无”`,
    }
  return choiceCell(
    { none: '无', ...listingLevels },
    {
      '-1': 'none',
      否: 'none',
      未挂牌: 'none',
      县级: 'district',
      区级: 'district',
      区县级: 'district',
      县: 'district',
      区: 'district',
      市: 'city',
      地市级: 'city',
      省: 'province',
      乡镇: 'township',
    },
  )(cell, context)
}

const gradeCell: CellReader<string> = (cell, context) => {
  if (/^[A-Da-d]级?$/.test(shownText(cell)))
    return {
      ok: false,
      reason: `“${shownText(cell)}”是企业自己的分级，看不出是重大还是一般`,
      remedy: '请写“重大”或“一般”',
    }
  return choiceCell(grades, {
    重大隐患: 'major',
    重大事故隐患: 'major',
    一般隐患: 'general',
    一般事故隐患: 'general',
  })(cell, context)
}

const criteriaCell: CellReader<readonly string[]> = (cell, context) => {
  const read = textCell(200)(cell, context)
  if (!read.ok) return read
  if (/^(?:无|不涉及|[/／-]+)$/.test(read.value)) return { ok: true, value: [] }
  const codes = read.value
    .toUpperCase()
    .split(/[\s、,，;；]+/)
    .filter(Boolean)
  const wrong = codes.find((code) => !/^[A-Z]{2,3}-\d{2}(-\d+)?$/.test(code))
  return wrong === undefined
    ? { ok: true, value: [...new Set(codes)] }
    : { ok: false, reason: `“${wrong}”不是判定标准编号`, remedy: '写成 OP-06 的样子，几条用顿号隔开；不知道的不填' }
}

const column = (
  key: string,
  title: string,
  aliases: readonly string[],
  read: CellReader<unknown>,
  more: Partial<Column> = {},
): Column => ({ key, title, aliases, read, required: false, ...more })

const day = dayCell
const line = textCell(100)
const long = textCell(2000)

/** Columns whose content proves nothing by itself: that something is there, or when it was done. */
export const claimColumns = [
  column('claimControl', '有无控制措施', ['控制措施'], yesNoCell),
  column('claimPlan', '有无整改方案', ['整改方案'], yesNoCell),
  column('claimGoal', '落实治理目标任务', ['目标到位', '治理目标任务落实'], yesNoCell),
  column('claimFunds', '落实经费物资', ['资金到位', '治理经费物资落实'], yesNoCell),
  column('claimPeople', '落实机构人员', ['责任到位', '治理机构人员落实'], yesNoCell),
  column('claimTime', '落实时间要求', ['时限到位', '治理时间要求落实'], yesNoCell),
  column('claimSafeguards', '落实安全措施应急预案', ['预案到位', '安全措施应急预案落实'], yesNoCell),
  column('claimPosted', '公示时间', ['公示日期'], day),
  column('claimReported', '报告部门时间', ['上报时间', '报告时间'], day),
  column('claimWorkers', '报告职代会时间', ['报告职工大会时间'], day),
] as const satisfies readonly Column[]

/**
 * The union of what ledgers in use hold: systems of mines, of safety standardisation, of building groups, monthly forms
 * of counties, forms with the six parts of a plan, and hazard tables of bureaus.
 */
export const hazardColumns: readonly Column[] = [
  column('mineCode', '矿山编号', ['矿编号', '矿山代码'], textCell(20), {
    help: '只导入一座矿的可以不填',
    example: 'F01',
  }),
  column(
    'mineName',
    '矿山名称',
    [
      '所属矿山',
      '矿名',
      '矿山',
      '单位',
      '单位名称',
      '企业名称',
      '企业',
      '受检单位',
      '被检查单位',
      '生产经营单位',
      '隐患单位',
    ],
    line,
    { help: '没有编号时按矿山或企业的名称找' },
  ),
  column('ledgerNumber', '编号', ['隐患编号', '原编号', '台账编号', '隐患登记编号', '登记编号'], line, {
    help: '原台账里的编号；转入后另给本系统的编号，原来的记在旁边',
  }),
  column('nationalNumber', '国家系统编号', ['国家平台编号', '国家重大隐患编号'], line),
  column('provincialNumber', '省系统编号', ['省平台编号', '省级系统编号'], line),
  column(
    'on',
    '发现日期',
    [
      '检查日期',
      '排查时间',
      '检查时间',
      '排查日期',
      '发现时间',
      '隐患发现时间',
      '隐患发现日期',
      '查出日期',
      '查出时间',
    ],
    day,
    { required: true, example: '2023-05-18' },
  ),
  column(
    'source',
    '发现方式',
    ['隐患来源', '信息来源', '来源', '排查方式', '检查类型', '检查方式'],
    choiceCell(ledgerSources, {
      企业自查: 'mineLedger',
      自查: 'mineLedger',
      部门检查: 'departmentLedger',
      执法检查: 'enforcement',
      部门执法检查: 'enforcement',
      专家检查: 'hiredExpert',
      举报: 'departmentLedger',
      群众举报: 'departmentLedger',
    }),
    {
      help: '不写的，按企业或部门原有台账记',
      choices: Object.values(ledgerSources),
    },
  ),
  column('checkedBy', '检查单位', ['排查单位', '检查部门', '督查单位'], line),
  column('finder', '检查人', ['发现人', '排查人员', '排查人', '检查人员'], textCell(200)),
  column(
    'place',
    '隐患部位',
    ['部位', '位置', '地点', '隐患地点', '检查工点', '工点', '场所', '隐患位置', '所在部位'],
    line,
  ),
  column(
    'description',
    '隐患描述',
    [
      '描述',
      '问题及隐患',
      '问题描述',
      '内容',
      '隐患内容',
      '存在问题',
      '存在的问题',
      '主要问题',
      '隐患情况',
      '问题隐患',
      '事故隐患内容',
      '隐患名称',
    ],
    long,
    { required: true, example: '北帮+1114平台浮石未清' },
  ),
  column('category', '类别', ['类型', '隐患类别', '隐患类型', '检查项目', '问题类型'], textCell(50)),
  column('grade', '等级', ['隐患等级', '隐患级别', '级别', '隐患分级'], gradeCell, { choices: Object.values(grades) }),
  column(
    'criteria',
    '判定标准',
    ['判定标准条款', '判定标准条款版本', '触及条款', '判定依据条款', '判定标准编号'],
    criteriaCell,
  ),
  column('measures', '整改措施', ['整改要求', '措施', '治理措施', '整改要求措施', '整改意见'], long),
  column('responsible', '整改责任人', ['责任人', '整改负责人'], textCell(200), {
    help: '写登记在册的姓名或岗位；姓名只用来找人，不写进记录',
  }),
  column('responsibleUnit', '责任单位', ['整改单位', '责任部门', '整改责任单位'], line),
  column('funds', '整改资金', ['资金', '治理资金', '投入经费', '计划资金', '整改经费', '投入资金'], yuanCell, {
    help: '元；单位是万元的写在表头',
  }),
  column('spent', '已用资金', ['实际投入', '已投入资金', '实际资金'], yuanCell),
  column(
    'deadline',
    '整改期限',
    [
      '计划完成期限',
      '期限',
      '整改时限',
      '计划完成时间',
      '计划完成日期',
      '完成时限',
      '限期',
      '整改时间',
      '要求完成时间',
    ],
    day,
  ),
  column('contingencyPlan', '应急预案', ['预案', '应急措施', '现场处置方案'], textCell(200)),
  column('goal', '目标任务', ['治理的目标和任务', '治理目标任务'], long),
  column('method', '方法措施', ['采取的方法和措施', '治理方法措施'], long),
  column('resources', '经费物资', ['经费和物资的落实', '经费物资落实'], long),
  column('organisation', '机构人员', ['负责治理的机构和人员', '治理机构人员'], long),
  column('schedule', '时限要求', ['治理的时限和要求', '治理时限要求'], long),
  column('safeguards', '安全措施和应急预案', ['安全措施', '安全措施应急预案'], long),
  column(
    'stated',
    '状态',
    ['完成情况', '整改情况', '销号情况', '闭环情况', '整改状态', '当前状态', '是否销号', '整改完成情况'],
    statedCell,
    {
      choices: Object.values(standings),
    },
  ),
  column('finishedOn', '完成日期', ['实际完成日期', '完成时间', '整改完成日期', '整改完成时间', '实际完成时间'], day),
  column('recheckedOn', '复查日期', ['复查时间', '验收日期', '验收时间'], day),
  column('rechecker', '复查人', ['验收人', '复查人员', '验收人员'], textCell(200)),
  column(
    'recheckResult',
    '复查结果',
    ['复查结论', '验收结果', '验收结论', '复查意见'],
    choiceCell(
      { pass: '合格', fail: '不合格' },
      { 通过: 'pass', 不通过: 'fail', 已整改: 'pass', 验收合格: 'pass', 复查合格: 'pass', 未整改: 'fail' },
    ),
  ),
  column('closedOn', '销号日期', ['闭环时间', '销号时间', '核销日期', '闭环日期', '核销时间'], day),
  column('listingLevel', '挂牌级别', ['督办级别', '挂牌督办级别'], levelCell),
  column('listingNumber', '督办文号', ['挂牌文号', '挂牌督办文号'], line),
  column('listingUnit', '督办单位', ['挂牌单位', '挂牌督办单位'], line),
  column('tracker', '督办人员', ['督办人', '督办责任人', '挂牌督办责任人'], textCell(200)),
  column('listingDeadline', '督办期限', ['挂牌督办期限'], day),
  ...claimColumns,
  column('remark', '备注', ['说明', '其他说明'], textCell(500)),
]
