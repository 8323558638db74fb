import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { type ImportPlanShown, importTemplate } from '#contract/importing.ts'
import { readTenant } from '#contract/org.ts'
import type { Problem } from '#contract/problem.ts'
import { type ImportKindName, importKindNames, importKinds } from '#domain/importing/kinds/kinds.ts'
import { Drop } from '#web/desk/importing/Drop.tsx'
import { Earlier } from '#web/desk/importing/Earlier.tsx'
import { Faults } from '#web/desk/importing/Faults.tsx'
import { type Choices, Found, rowKey } from '#web/desk/importing/Found.tsx'
import { HeaderMapping } from '#web/desk/importing/HeaderMapping.tsx'
import { PassedOver } from '#web/desk/importing/PassedOver.tsx'
import { Remarks } from '#web/desk/importing/Remarks.tsx'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { useImport } from '#web/desk/importing/useImport.ts'
import { Vouched } from '#web/desk/importing/Vouched.tsx'
import { TenantSelect } from '#web/desk/org/TenantSelect.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'

const here = getRouteApi('/imports')

const useKinds = (): readonly ImportKindName[] => {
  const may: Readonly<Record<ImportKindName, boolean>> = {
    mines: useMay(importKinds.mines.act),
    people: useMay(importKinds.people.act),
    hazards: useMay(importKinds.hazards.act),
  }
  return importKindNames.filter((kind) => may[kind])
}

const sentence = ({ counts, faults }: ImportPlanShown, unit: string): string => {
  const good = [
    counts.fresh > 0 && `新 ${counts.fresh} ${unit}`,
    counts.same > 0 && `已有且一样 ${counts.same}`,
    counts.differing > 0 && `已有但不同 ${counts.differing}`,
  ].filter(Boolean)
  const bad = counts.bad > 0 ? `${counts.bad} 行有错，` : ''
  const wrong = faults.length > 0 ? `${bad}共 ${faults.length} 处` : '没有错误'
  return `好的 ${counts.good} 行${good.length > 0 ? `（${good.join('，')}）` : ''}；${wrong}。`
}

/** Rows that would register or change something, as the person has chosen. */
const rowsToDo = ({ counts, found }: ImportPlanShown, choices: Choices): number =>
  counts.fresh +
  found.filter((entry) => {
    const as = choices.get(rowKey(entry)) ?? 'keep'
    return as === 'add' || (as === 'replace' && entry.differences.length > 0)
  }).length

const Template = ({ kind, onProblem }: { kind: ImportKindName; onProblem: (problem: Problem) => void }) => {
  const [busy, setBusy] = useState(false)
  const fetchIt = async () => {
    setBusy(true)
    const answer = await api.download(importTemplate, { params: { kind } })
    setBusy(false)
    if (answer.ok) saveFile(answer.value.content, answer.value.fileName)
    else onProblem(answer.problem)
  }
  return (
    <Button loading={busy} onClick={() => void fetchIt()}>
      下载模板
    </Button>
  )
}

/** People of the officer's choice: into one unit, or into many by the code in each row. */
const Into = ({ tenantId, onChange }: { tenantId: string | undefined; onChange: (id: string | undefined) => void }) => {
  const named = useAnswer(readTenant, { params: { tenantId: tenantId ?? '' } }, { enabled: tenantId !== undefined })
  return (
    <>
      <button type="button" className="chip" aria-pressed={tenantId === undefined} onClick={() => onChange(undefined)}>
        按表里的矿山编号
      </button>
      <TenantSelect
        value={tenantId}
        known={named.data ? [named.data] : []}
        placeholder="都导入到一个单位"
        onChange={({ id }) => onChange(id)}
      />
    </>
  )
}

export const ImportPage = () => {
  const { session, side } = useStanding()
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const kinds = useKinds()
  const kind = kinds.find((one) => one === search.kind) ?? kinds[0] ?? 'people'
  const ofMine = side === 'mine'
  const tenantId = kind !== 'mines' ? (ofMine ? session.homeTenantId : search.tenantId) : undefined
  if (kinds.length === 0)
    return (
      <Page title="导入">
        <p className="empty">
          这里从表格导入矿山名录、人员和原有的隐患台账。您的岗位不登记这些，由监管股和矿上的管理人员导入。
        </p>
      </Page>
    )
  return (
    <Page title="导入" note="先逐行检查，有错就一行也不写；看过、选过，再导入。">
      <search className="filters">
        {kinds.length > 1 &&
          kinds.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={kind === one}
              onClick={() => void navigate({ search: { kind: one }, replace: true })}
            >
              {importKinds[one].title}
            </button>
          ))}
        {kind !== 'mines' && !ofMine && (
          <Into
            tenantId={tenantId}
            onChange={(id) => void navigate({ search: { kind, ...(id && { tenantId: id }) }, replace: true })}
          />
        )}
      </search>
      {/* Another kind or another place begins anew. */}
      <Importing key={`${kind} ${tenantId}`} kind={kind} tenantId={tenantId} />
      <Earlier />
    </Page>
  )
}

const Importing = ({ kind, tenantId }: { kind: ImportKindName; tenantId: string | undefined }) => {
  const navigate = here.useNavigate()
  const [elsewhere, setElsewhere] = useState<Problem>()
  const { file, plan, choices, problem, doing, choose, correct, vouch, wish, mark, take } = useImport({
    kind,
    tenantId,
  })
  const finish = async (how: 'all' | 'good') => {
    const shown = await take(how)
    if (shown) await navigate({ to: '/imports/$tenantId/$id', params: { tenantId: shown.tenantId, id: shown.id } })
  }
  const { unit } = importKinds[kind]
  const busy = doing !== undefined
  const toDo = plan ? rowsToDo(plan, choices) : 0
  const clean = plan !== undefined && plan.faults.length === 0
  return (
    <>
      <div className="import-start">
        <Drop file={file} busy={doing === 'planning'} onFile={choose} />
        <Template kind={kind} onProblem={setElsewhere} />
      </div>
      <ProblemBox problem={problem ?? elsewhere} />
      {plan && (
        <>
          <p className="import-sentence" role="status">
            {sentence(plan, unit)}
          </p>
          <div className="import-acts">
            {clean ? (
              <Button
                type="primary"
                size="large"
                disabled={toDo === 0 || busy}
                loading={doing === 'taking'}
                onClick={() => void finish('all')}
              >
                {toDo === 0 ? '没有要登记的' : `导入 ${toDo} 行`}
              </Button>
            ) : (
              <>
                <Button
                  type="primary"
                  size="large"
                  disabled={busy}
                  loading={doing === 'marking'}
                  onClick={() => void mark()}
                >
                  下载标注好的表格
                </Button>
                {toDo > 0 && (
                  <Button size="large" disabled={busy} loading={doing === 'taking'} onClick={() => void finish('good')}>
                    只导入好的 {toDo} 行
                  </Button>
                )}
              </>
            )}
          </div>
          {plan.faults.length > 0 && <Faults faults={plan.faults} busy={busy} onVouch={vouch} />}
          <Vouched rows={plan.vouched} busy={busy} onTakeBack={(row) => vouch(row, undefined)} />
          <HeaderMapping plan={plan} busy={busy} onCorrect={correct} />
          <Found found={plan.found} choices={choices} onChoose={wish} />
          <Remarks remarks={plan.remarks} />
          <PassedOver plan={plan} />
        </>
      )}
    </>
  )
}
