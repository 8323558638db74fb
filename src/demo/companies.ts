import type { MineCode } from '#demo/mines.ts'
import { townshipCodes } from '#demo/organisations.ts'
import type { Company } from '#domain/org/company.ts'

type Listed = { readonly code: string; readonly mines: readonly MineCode[]; readonly value: Company }

const company = (
  code: string,
  name: string,
  township: keyof typeof townshipCodes,
  creditCode: string,
  mines: readonly MineCode[],
): Listed => ({
  code,
  mines,
  value: { name, creditCode, div: townshipCodes[township], address: `上党区${township}（演示）` },
})

/** Eleven companies; F11 and F12 are two production systems of one (PRACTICE A6). Codes begin with F: no real unit can hold them. */
export const companies: readonly Listed[] = [
  company('C01', '演示·云梯岭矿业有限公司', '荫城镇', 'F1140404DEM0000143', ['F01']),
  company('C02', '演示·镜石坡矿业有限公司', '西火镇', 'F1140404DEM000022X', ['F02']),
  company('C03', '演示·北斗沟石料有限公司', '西池乡', 'F1140404DEM000030Q', ['F03']),
  company('C04', '演示·月牙凹石料有限公司', '东和乡', 'F1140404DEM000049M', ['F04']),
  company('C05', '演示·棋盘垴采石有限公司', '荫城镇', 'F1140404DEM000057G', ['F05']),
  company('C06', '演示·白鹭坡耐火材料有限公司', '八义镇', 'F1140421DEM000065Y', ['F06']),
  company('C07', '演示·纸鸢坪白云岩有限公司', '西火镇', 'F1140404DEM0000736', ['F07']),
  company('C08', '演示·木铎山建材有限公司', '南宋镇', 'F1140404DEM0000811', ['F08']),
  company('C09', '演示·砚池沟砖瓦有限公司', '郝家庄镇', 'F1140404DEM00009XQ', ['F09']),
  company('C10', '演示·萤火坳采石有限公司', '西池乡', 'F1140404DEM000102H', ['F10']),
  company('C11', '演示·铁砧峪矿业有限公司', '八义镇', 'F1140404DEM000110C', ['F11', 'F12']),
]

export const companyOf = (mine: MineCode): Listed => {
  const found = companies.find(({ mines }) => mines.includes(mine))
  if (!found) throw new RangeError(`no company of ${mine}`)
  return found
}
