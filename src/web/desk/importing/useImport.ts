import { useState } from 'react'
import {
  type ImportPlanShown,
  type ImportShown,
  markedWorkbook,
  planOfImport,
  takeImport,
} from '#contract/importing.ts'
import type { Problem } from '#contract/problem.ts'
import type { ImportKindName } from '#domain/importing/kinds/kinds.ts'
import { rowRanges, type WhenFound } from '#domain/importing/settle.ts'
import { type Choices, rowKey } from '#web/desk/importing/Found.tsx'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { queries } from '#web/desk/queries.ts'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

export type Target = { readonly kind: ImportKindName; readonly tenantId: string | undefined }

type Doing = 'planning' | 'marking' | 'taking'
type At = { readonly sheet: string; readonly row: number }
type Chosen = {
  readonly file: File
  readonly importId: string
  readonly corrections: Record<string, string | null>
  /** Rows taken as they stand, each with the reason. */
  readonly words: readonly (At & { readonly reason: string })[]
}

/** What was wished for the rows, sheet by sheet, in ranges. */
const grouped = ({ found }: ImportPlanShown, choices: Choices) => {
  const groups = new Map<string, { readonly sheet: string; readonly as: WhenFound; readonly rows: number[] }>()
  for (const { sheet, row } of found) {
    const as = choices.get(rowKey({ sheet, row }))
    if (!as) continue
    const group = groups.get(`${as} ${sheet}`) ?? { sheet, as, rows: [] }
    group.rows.push(row)
    groups.set(`${as} ${sheet}`, group)
  }
  return [...groups.values()].map(({ sheet, as, rows }) => ({ sheet, as, rows: rowRanges(rows) }))
}

/** One workbook on its way: planned on the server, corrected, marked, taken. The file itself stays with the browser. */
export const useImport = ({ kind, tenantId }: Target) => {
  const [chosen, setChosen] = useState<Chosen>()
  const [plan, setPlan] = useState<ImportPlanShown>()
  const [choices, setChoices] = useState<Choices>(new Map())
  const [problem, setProblem] = useState<Problem>()
  const [doing, setDoing] = useState<Doing>()
  const [commandId, setCommandId] = useState(newCommandId)

  const parts = ({ file, importId, corrections, words }: Chosen) => ({
    settings: { kind, importId, corrections, words: [...words], ...(tenantId !== undefined && { tenantId }) },
    file,
    fileName: file.name,
  })

  const look = async (next: Chosen): Promise<void> => {
    setChosen(next)
    setProblem(undefined)
    setDoing('planning')
    const answer = await api.upload(planOfImport, parts(next))
    setDoing(undefined)
    setCommandId(newCommandId())
    setPlan(answer.ok ? answer.value : undefined)
    if (!answer.ok) setProblem(answer.problem)
  }

  return {
    file: chosen?.file,
    plan,
    choices,
    problem,
    doing,
    choose: (file: File) => {
      setChoices(new Map())
      void look({ file, importId: newId(), corrections: {}, words: [] })
    },
    correct: (header: string, key: string | null) => {
      if (chosen) void look({ ...chosen, corrections: { ...chosen.corrections, [header]: key } })
    },
    /** Without a reason the word is taken back. */
    vouch: ({ sheet, row }: At, reason: string | undefined) => {
      if (!chosen) return
      const others = chosen.words.filter((one) => one.sheet !== sheet || one.row !== row)
      void look({ ...chosen, words: reason === undefined ? others : [...others, { sheet, row, reason }] })
    },
    wish: (rows: readonly { readonly sheet: string; readonly row: number }[], as: WhenFound) =>
      setChoices(new Map([...choices, ...rows.map((row) => [rowKey(row), as] as const)])),
    mark: async () => {
      if (!chosen) return
      setDoing('marking')
      const answer = await api.exchange(markedWorkbook, parts(chosen))
      setDoing(undefined)
      if (answer.ok) saveFile(answer.value.content, answer.value.fileName)
      else setProblem(answer.problem)
    },
    take: async (how: 'all' | 'good'): Promise<ImportShown | undefined> => {
      if (!chosen || !plan) return undefined
      setProblem(undefined)
      setDoing('taking')
      const given = parts(chosen)
      const answer = await api.upload(takeImport, {
        ...given,
        settings: { ...given.settings, commandId, take: how, choices: grouped(plan, choices), seen: plan.digest },
      })
      setDoing(undefined)
      if (!answer.ok) {
        setProblem(answer.problem)
        return undefined
      }
      await queries.invalidateQueries()
      return answer.value.shown
    },
  }
}
