import type { ImportPlanShown } from '#contract/importing.ts'
import { headersPerhaps } from '#domain/importing/header.ts'
import type { ImportKindName } from '#domain/importing/kinds/kinds.ts'
import type { Planned } from '#server/importing/plan.ts'

/** The dry run as the person sees it; what is personal is masked already. */
export const shownPlan = (
  kind: ImportKindName,
  { sha256, digest, sheets, shape, plan, corrections }: Planned,
): ImportPlanShown => {
  const found = plan.rows.flatMap(({ sheet, row, value }) =>
    value.found
      ? [
          {
            sheet,
            row,
            title: value.title,
            standing: value.found.title,
            differences: value.found.differences.map((difference) => ({ ...difference })),
            mayAdd: value.add.length > 0,
            mayReplace: value.found.replace.length > 0,
          },
        ]
      : [],
  )
  const differing = found.filter(({ differences }) => differences.length > 0).length
  return {
    kind,
    sha256,
    digest,
    sheets: plan.headers.map(({ sheet, header }) => ({
      name: sheet,
      headerRow: header.end,
      columns: [
        ...header.matched.map(({ at, letter, header: text, key }) => ({ at, letter, header: text, key })),
        ...header.refused.map(({ at, letter, header: text }) => ({ at, letter, header: text, key: null })),
        ...header.strange.map(({ at, letter, header: text, perhaps }) => ({
          at,
          letter,
          header: text,
          ...(perhaps !== undefined && { perhaps }),
        })),
      ]
        .sort((a, b) => a.at - b.at)
        .map(({ at: _at, ...column }) => column),
    })),
    skipped: plan.skipped.map((name) => {
      const sheet = sheets.find((one) => one.name === name)
      return { name, headers: sheet ? [...headersPerhaps(sheet)] : [] }
    }),
    columns: shape.columns.map(({ key, title, required }) => ({ key, title, required })),
    corrections: { ...corrections },
    notes: plan.notes.map((note) => ({ ...note })),
    faults: plan.faults.map((fault) => ({ ...fault })),
    found,
    vouched: plan.rows.flatMap(({ sheet, row, value, word }) =>
      word === undefined ? [] : [{ sheet, row, title: value.title, reason: word }],
    ),
    remarks: plan.rows.flatMap(({ sheet, row, value }) =>
      (value.remarks ?? []).map((text) => ({ sheet, row, title: value.title, text })),
    ),
    counts: {
      good: plan.rows.length,
      bad: plan.badRows,
      fresh: plan.rows.length - found.length,
      same: found.length - differing,
      differing,
    },
  }
}
