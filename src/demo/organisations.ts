import type { Organisation } from '#domain/org/organisation.ts'

/** As in rulebook/law/division-codes.yaml. */
export const townshipCodes = {
  荫城镇: '140404102',
  西火镇: '140404103',
  八义镇: '140404104',
  郝家庄镇: '140404106',
  南宋镇: '140404107',
  西池乡: '140404201',
  东和乡: '140404203',
} as const

export type Township = keyof typeof townshipCodes

export const townships = Object.keys(townshipCodes) as Township[]

export const districtCode = '140404'
export const cityCode = '1404'

type Listed = { readonly code: string; readonly value: Organisation }

export const organisations: readonly Listed[] = [
  { code: '局', value: { kind: 'districtBureau', name: '上党区应急管理局（演示）', div: districtCode } },
  { code: '市局', value: { kind: 'cityBureau', name: '长治市应急管理局（演示）', div: cityCode } },
  { code: '专家库', value: { kind: 'expertPool', name: '非煤矿山专家库（演示）', div: districtCode } },
  ...townships.map(
    (township): Listed => ({
      code: township,
      value: { kind: 'township', name: `${township}应急站（演示）`, div: townshipCodes[township] },
    }),
  ),
]
