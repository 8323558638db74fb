import { z } from 'zod'
import type { TheirHazard } from '#domain/hazard/reconcile.ts'
import type { Sheet } from './cell.ts'
import type { Column } from './header.ts'
import { hazardColumns } from './kinds/hazardColumns.ts'
import { type ImportFault, type ImportShape, planImport } from './planImport.ts'
import { type ReadingContext, textCell } from './readCell.ts'

const ownNumber: Column = {
  key: 'ours',
  title: '本系统编号',
  aliases: ['OUTID', '企业隐患编号', '地方隐患编号', '报送编号'],
  required: false,
  read: textCell(100),
}

/** What a comparison asks of a list; the rest of its columns may say what they like. */
const compared = new Set([
  'mineName',
  'ledgerNumber',
  'nationalNumber',
  'provincialNumber',
  'on',
  'place',
  'description',
  'grade',
  'deadline',
  'stated',
  'closedOn',
])

const shape: ImportShape = {
  columns: [
    ...hazardColumns.filter(({ key }) => compared.has(key)).map((column) => ({ ...column, required: false })),
    ownNumber,
  ],
}

const line = z.object({
  mineName: z.string().optional(),
  ledgerNumber: z.string().optional(),
  nationalNumber: z.string().optional(),
  provincialNumber: z.string().optional(),
  ours: z.string().optional(),
  on: z.string().optional(),
  place: z.string().optional(),
  description: z.string().optional(),
  grade: z.enum(['major', 'general']).optional(),
  deadline: z.string().optional(),
  stated: z.object({ standing: z.string() }).optional(),
  closedOn: z.string().optional(),
})

const numberOf = (row: z.output<typeof line>, system: string): string | undefined => {
  const named = system.includes('国家') ? row.nationalNumber : system.includes('省') ? row.provincialNumber : undefined
  return named ?? row.ledgerNumber
}

/** The list that another system gave out, read as an import reads workbooks; lines that cannot be read are named. */
export const theirList = (
  sheets: readonly Sheet[],
  system: string,
  context: ReadingContext,
): { readonly lines: readonly TheirHazard[]; readonly faults: readonly ImportFault[] } => {
  const plan = planImport(sheets, shape, context)
  const faults: ImportFault[] = [...plan.faults]
  const lines = plan.good.flatMap(({ sheet, row, values }): TheirHazard[] => {
    const { on, stated, nationalNumber: _n, provincialNumber: _p, ledgerNumber: _l, ...said } = line.parse(values)
    const number = numberOf(line.parse(values), system)
    if (number === undefined) {
      faults.push({ sheet, row, reason: `没有${system}的编号`, remedy: '表里要有“编号”一列' })
      return []
    }
    return [{ sheet, row, number, foundOn: on, ...(stated && { closed: stated.standing === 'closed' }), ...said }]
  })
  return { lines, faults }
}
