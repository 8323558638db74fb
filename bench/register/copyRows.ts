import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

export type ColumnTypes = ReadonlyMap<string, string>

/** Types of a table's columns, in order. */
export const columnTypes = async (client: Client, table: string): Promise<ColumnTypes> => {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}

/** What COPY takes for a mark of its own. */
const escaped = (text: string): string =>
  text.replace(/[\\\n\r\t]/g, (mark) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[mark] ?? mark)

const element = (value: unknown): string =>
  value === null || value === undefined ? 'NULL' : `"${String(value).replace(/["\\]/g, '\\$&')}"`

const field = (value: unknown, type: string): string => {
  if (value === null || value === undefined) return '\\N'
  if (type === 'jsonb') return escaped(JSON.stringify(value))
  if (Array.isArray(value)) return escaped(`{${value.map(element).join(',')}}`)
  return escaped(String(value))
}

export const copyLine = (row: Readonly<Record<string, unknown>>, types: ColumnTypes): string => {
  let line = ''
  for (const [name, type] of types) line += (line === '' ? '' : '\t') + field(row[name], type)
  return `${line}\n`
}

export const copyLines = async (client: Client, table: string, lines: readonly string[]): Promise<void> => {
  if (lines.length === 0) return
  await pipeline(Readable.from([lines.join('')]), client.query(copyFrom(`copy ${table} from stdin`)))
}
