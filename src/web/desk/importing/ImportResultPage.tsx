import { getRouteApi, Link } from '@tanstack/react-router'
import { Progress, Skeleton } from 'antd'
import {
  type ImportRowShown,
  type ImportShown,
  type importOutcomes,
  listImportRows,
  readImport,
} from '#contract/importing.ts'
import { importKinds } from '#domain/importing/kinds/kinds.ts'
import { outcomeWords } from '#web/desk/importing/words.ts'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const here = getRouteApi('/imports/$tenantId/$id')

const columns: readonly Column<ImportRowShown>[] = [
  { title: '在哪张表', width: 140, cell: ({ sheet }) => sheet },
  { title: '行', width: 70, number: true, cell: ({ row }) => row },
  { title: '登记的是', cell: ({ title }) => title },
  { title: '结果', width: 110, cell: (row) => outcomeWords(row) },
  { title: '原因和办法', cell: ({ said }) => said },
]

const chips: readonly (readonly [(typeof importOutcomes)[number], string, (shown: ImportShown) => number])[] = [
  ['refused', '没有办成', ({ outcomes }) => outcomes.refused],
  ['done', '已登记、已修改', ({ outcomes }) => outcomes.added + outcomes.replaced],
  ['already', '已经有了', ({ outcomes }) => outcomes.already],
  ['keep', '照旧', ({ outcomes }) => outcomes.kept],
]

const Rows = ({ shown }: { shown: ImportShown }) => {
  const { outcome } = here.useSearch()
  const navigate = here.useNavigate()
  const params = { tenantId: shown.tenantId, id: shown.id }
  const query = { limit: 50, ...(outcome && { outcome }) }
  // How far it has come is part of the key: rows that were waiting have an outcome now.
  const pages = usePages<ImportRowShown>([...keyOf(listImportRows, { params, query }), shown.ended], async (after) =>
    must(await api.call(listImportRows, { params, query: { ...query, ...(after && { after }) } })),
  )
  return (
    <>
      <search className="filters">
        {chips.map(([name, words, count]) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={outcome === name}
            onClick={() => void navigate({ search: outcome === name ? {} : { outcome: name }, replace: true })}
          >
            {words} {count(shown)}
          </button>
        ))}
      </search>
      <RecordTable
        label="逐行的结果"
        columns={columns}
        pages={pages}
        rowKey={({ sheet, row }) => `${sheet} ${row}`}
        empty={<p>没有这样的行。</p>}
      />
    </>
  )
}

const sentence = ({ total, ended, outcomes, left }: ImportShown): string => {
  if (ended < total) return `正在办：${ended} / ${total} 行。可以离开这一页，办完在导入记录里看。`
  const parts = [
    `已登记 ${outcomes.added}`,
    outcomes.replaced > 0 && `已修改 ${outcomes.replaced}`,
    outcomes.already > 0 && `已经有了 ${outcomes.already}`,
    outcomes.kept > 0 && `照旧 ${outcomes.kept}`,
    outcomes.refused > 0 && `没有办成 ${outcomes.refused}`,
    left > 0 && `有错没有收 ${left}`,
  ].filter(Boolean)
  return `办完了：${parts.join('，')}。`
}

export const ImportResultPage = () => {
  const { tenantId, id } = here.useParams()
  const read = useAnswer(
    readImport,
    { params: { tenantId, id } },
    { askAgain: (answer) => (answer && answer.ended < answer.total ? 700 : false) },
  )
  if (read.isPending)
    return (
      <Page title="导入结果">
        <Skeleton active />
      </Page>
    )
  if (read.isError)
    return (
      <Page title="导入结果">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  const shown = read.data
  const { title } = importKinds[shown.kind]
  const to = shown.kind === 'mines' ? '/mines' : '/people'
  return (
    <Page
      title={`导入结果：${title}`}
      note={`${dateTimeOf(shown.takenAt)}，${shown.roleTitle}`}
      actions={
        <>
          <Link to={to} className="button-link">
            {shown.kind === 'mines' ? '看矿山名录' : '看人员'}
          </Link>
          <Link to="/imports" search={{ kind: shown.kind }} className="button-link">
            再导入
          </Link>
        </>
      }
    >
      <p className="import-sentence" role="status">
        {sentence(shown)}
      </p>
      {shown.ended < shown.total && (
        <Progress percent={Math.floor((shown.ended / shown.total) * 100)} aria-label="办了多少" />
      )}
      <Rows shown={shown} />
    </Page>
  )
}
