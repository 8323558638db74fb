import type { Readable } from 'node:stream'
import type { ActDone } from '#contract/dutyRecord.ts'
import { type ExportColumn, type ExportRow, exportXlsx } from '#server/documents/exportTable.ts'

const columns: readonly ExportColumn[] = [
  { key: 'on', title: '日期', kind: 'day', width: 12 },
  { key: 'title', title: '办理事项', kind: 'text', width: 28 },
  { key: 'times', title: '次数', kind: 'number', width: 8 },
  { key: 'number', title: '隐患编号', kind: 'text', width: 18 },
  { key: 'place', title: '部位', kind: 'text', width: 28 },
  { key: 'unitName', title: '矿山或单位', kind: 'text', width: 30 },
  { key: 'roleTitle', title: '办理岗位', kind: 'text', width: 18 },
  { key: 'dueOn', title: '期限', kind: 'day', width: 12 },
  { key: 'daysLate', title: '逾期天数', kind: 'number', width: 10 },
  { key: 'receivedOn', title: '录入时间', kind: 'text', width: 18 },
  { key: 'enteredLater', title: '补录', kind: 'yesNo', width: 8 },
  { key: 'leafHash', title: '存证编号', kind: 'text', width: 66 },
]

const time = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

async function* rowsOf(acts: AsyncIterable<ActDone>): AsyncGenerator<ExportRow> {
  for await (const { receivedAt, ...act } of acts) yield { ...act, receivedOn: time.format(new Date(receivedAt)) }
}

export const recordXlsx = (title: string, acts: AsyncIterable<ActDone>): Readable =>
  exportXlsx({ sheet: '履职记录', title, columns, rows: rowsOf(acts) })
