import { idNumberCheck } from '#domain/importing/idNumber.ts'
import { names } from '#tests/support/district.ts'
import type { Line, Planted, Written } from '#tests/support/workbooks.ts'

type FaultyList = {
  readonly lines: readonly Line[]
  readonly planted: readonly Planted[]
  readonly titles: readonly string[]
}

const day = (month: number, on: number): Written => ({
  day: `2023-${String(month).padStart(2, '0')}-${String(on).padStart(2, '0')}`,
})

const idNumber = (index: number): string => {
  const first17 = `14042119800101${String(index).padStart(3, '0')}`
  return first17 + idNumberCheck(first17)
}

const personLine = (index: number, change: Line = {}): Line => ({
  矿山编号: 'T01',
  岗位工种: ['爆破员', '挖掘机司机', '电工'][index % 3] ?? '电工',
  姓名: `工人${'甲乙丙丁戊己庚辛壬癸子丑'[index] ?? index}`,
  联系电话: `1381111${String(index).padStart(4, '0')}`,
  身份证号码: idNumber(index),
  在岗情况: '在岗',
  ...change,
})

/** Ten people, six of them with one fault each. */
export const peopleWithFaults: FaultyList = {
  titles: ['矿山编号', '岗位工种', '姓名', '联系电话', '身份证号码', '在岗情况'],
  lines: [
    personLine(0),
    personLine(1, { 岗位工种: '' }),
    personLine(2, { 联系电话: '12345' }),
    personLine(3, { 身份证号码: `${idNumber(3).slice(0, 17)}${idNumber(3).endsWith('1') ? '2' : '1'}` }),
    personLine(4),
    personLine(5, { 矿山编号: 'T99' }),
    personLine(6, { 在岗情况: '大概在' }),
    personLine(7),
    personLine(0),
    personLine(9),
  ],
  planted: [
    { line: 1, title: '岗位工种', column: '岗位', said: '没有填' },
    { line: 2, title: '联系电话', column: '手机', said: '不是电话号码' },
    { line: 3, title: '身份证号码', column: '身份证号', said: '校验码' },
    { line: 5, title: '矿山编号', said: '没有“T99”这座矿' },
    { line: 6, title: '在岗情况', column: '是否在岗', said: '没有“大概在”这一项' },
    { line: 8, title: '姓名', said: '重复' },
    { line: 8, title: '身份证号码', column: '身份证号', said: '重复' },
  ],
}

const spots = ['北帮+1114平台', '二号皮带走廊', '配电室', '排土场东侧', '破碎口', '运输道路三号弯']
const matters = ['护栏缺失', '浮石未清', '配电柜门未锁', '车挡高度不够', '除尘布袋破损', '警示标志褪色']

/** A line of the register that a mine's own system writes (LEDGER1 of regulation 2.8), each of another day. */
export const hazardLine = (index: number, change: Line = {}): Line => ({
  编号: `YH-2023-${String(index + 1).padStart(4, '0')}`,
  矿山名称: names.mine,
  检查日期: day(3, index + 1),
  检查人: '安全员',
  位置: spots[index % spots.length] ?? '',
  描述: `${spots[index % spots.length]}${matters[index % matters.length]}`,
  类别: '环境',
  等级: '一般',
  整改措施: '立即整改',
  整改责任人: '班组长',
  '整改资金（元）': 300 + index,
  计划完成期限: day(3, index + 3),
  应急预案: '现场处置',
  状态: '已销号',
  实际完成日期: day(3, index + 2),
  复查日期: day(3, index + 2),
  复查结果: '合格',
  闭环时间: day(3, index + 3),
  ...change,
})

export const hazardTitles = Object.keys(hazardLine(0))

/** Fifteen hazards, twelve of them with one fault each. */
export const hazardsWithFaults: FaultyList = {
  titles: hazardTitles,
  lines: [
    hazardLine(0),
    hazardLine(1, { 描述: '' }),
    hazardLine(2, { 检查日期: '2023年2月30日' }),
    hazardLine(3, { 等级: 'B级' }),
    hazardLine(4, { 状态: '差不多了' }),
    hazardLine(5, { '整改资金（元）': '约五百' }),
    hazardLine(6, { 计划完成期限: day(1, 5) }),
    hazardLine(7, { 闭环时间: '' }),
    hazardLine(8, { 矿山名称: '测试九号石灰岩矿' }),
    hazardLine(0, { 编号: 'YH-2023-0099' }),
    hazardLine(10, { 描述: '锟斤拷锟斤拷' }),
    hazardLine(11, { 闭环时间: day(1, 1) }),
    hazardLine(12, {
      检查日期: day(9, 1),
      计划完成期限: day(9, 9),
      状态: '整改中',
      实际完成日期: '',
      复查日期: '',
      复查结果: '',
      闭环时间: '',
    }),
    hazardLine(13),
    hazardLine(14, { 状态: '整改中', 实际完成日期: '', 复查日期: '', 复查结果: '', 闭环时间: '' }),
  ],
  planted: [
    { line: 1, title: '描述', column: '隐患描述', said: '没有填' },
    { line: 2, title: '检查日期', column: '发现日期', said: '2023年2月30日' },
    { line: 3, title: '等级', said: '企业自己的分级' },
    { line: 4, title: '状态', said: '没有“差不多了”这一项' },
    { line: 5, title: '整改资金（元）', column: '整改资金', said: '不是数字' },
    { line: 6, title: '计划完成期限', column: '整改期限', said: '早于发现日期' },
    { line: 7, title: '闭环时间', column: '销号日期', said: '没有销号日期' },
    { line: 8, title: '矿山名称', said: '没有“测试九号石灰岩矿”这座矿' },
    { line: 9, title: '描述', column: '隐患描述', said: '重复' },
    { line: 10, title: '描述', column: '隐患描述', said: '乱码' },
    { line: 11, title: '闭环时间', column: '销号日期', said: '早于' },
    { line: 12, title: '检查日期', column: '发现日期', said: '还没有到' },
  ],
}
