import {
  companyHistory,
  mineUnitHistory,
  permitHistory,
  personHistory,
  type RegistryChangeShown,
} from '#contract/registryHistory.ts'
import type { ToldRegistry } from '#domain/org/registryChanges.ts'
import { type KeyedPage, usePages } from '#web/desk/queries.ts'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const Changes = ({ change: { first, changes, title } }: { change: RegistryChangeShown }) => {
  if (title) return <span>{title}</span>
  if (changes.length === 0) return <span className="soft">原样保存，没有改动</span>
  return (
    <ul className="changes">
      {changes.map(({ name, label, before, after }) => (
        <li key={name}>
          {label}：{!first && <span className="soft">{before ?? '未填'} → </span>}
          {after ?? '未填'}
        </li>
      ))}
    </ul>
  )
}

const columns: readonly Column<RegistryChangeShown>[] = [
  { title: '时间', width: 150, cell: ({ at }) => dateTimeOf(at) },
  { title: '谁', width: 140, cell: ({ post, roleTitle }) => post ?? roleTitle },
  { title: '登记的内容', cell: (change) => <Changes change={change} /> },
]

type Props = { tenantId: string; kind: ToldRegistry; id: string }

const load = async (
  { tenantId, kind, id }: Props,
  after: string | undefined,
): Promise<KeyedPage<RegistryChangeShown>> => {
  const query = { limit: 20, ...(after && { after }) }
  switch (kind) {
    case 'company':
      return must(await api.call(companyHistory, { params: { id }, query }))
    case 'person':
      return must(await api.call(personHistory, { params: { tenantId, id }, query }))
    case 'mineUnit':
      return must(await api.call(mineUnitHistory, { params: { mineId: tenantId, id }, query }))
    case 'permit':
      return must(await api.call(permitHistory, { params: { mineId: tenantId, id }, query }))
  }
}

/** 变更记录: every entry stays as it was made; what is wrong is mended by a new one. */
export const RegistryHistory = (of: Props) => {
  const pages = usePages<RegistryChangeShown>(['registryHistory', of], (after) => load(of, after))
  return (
    <RecordTable
      label="变更记录"
      columns={columns}
      pages={pages}
      rowKey={({ version }) => String(version)}
      empty={<p>没有变更记录。</p>}
    />
  )
}
