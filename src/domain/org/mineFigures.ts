/** The figures that a bureau asks of its mines; each is a filter of the list too, so that a figure leads to its rows. */
export const mineFigures = {
  inScope: '整治范围内',
  watched: '驻矿盯守',
  stopped: '停产',
  stoppedWhole: '全矿停产',
  stoppedPartial: '局部停产',
} as const

export type MineFigure = keyof typeof mineFigures

export const mineFigureNames = Object.keys(mineFigures) as [MineFigure, ...MineFigure[]]
