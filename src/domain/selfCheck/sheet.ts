import { applicability, type CriteriaSubject } from '#domain/criteria/applicability.ts'
import { criteriaInForce } from '#domain/criteria/inForce.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'

/** Whether a question concerns the mine. What is not known is asked: an unknown fact never yields 不涉及. */
export type ItemApplies =
  | { readonly kind: 'asked'; readonly missing: readonly string[] }
  | { readonly kind: 'notApplicable'; readonly reason: string }

/** One question of the month's self-check. */
export type SheetItem = {
  /** Code of the situation (OP-03-2) or of the ordinary item (OPC-dump-01): the same every month. */
  readonly code: string
  /** The code as people read it: an ordinary item bears the name of its system (排土-01). */
  readonly number: string
  readonly question: string
  /** How to look; for a criterion, what shows it. */
  readonly look: string
  readonly buttons: { readonly good: string; readonly bad: string }
  readonly applies: ItemApplies
  /** Set where 有问题 is a suspected major hazard: the criterion whose text stays in view. */
  readonly criterion?: {
    readonly code: string
    readonly title: string
    readonly text: string
    readonly packVersion: string
  }
}

export type SheetSection = { readonly key: string; readonly title: string; readonly items: readonly SheetItem[] }

/** The sheet as it is asked and as it is printed: criteria first, those of other mine types marked by themselves. */
export type Sheet = { readonly sections: readonly SheetSection[]; readonly rulebookVersion: string }

export type SheetRules = Pick<Rulebook, 'packs' | 'facts' | 'checkItems' | 'version'>

const criteriaSections = (rules: SheetRules, mine: CriteriaSubject, on: string): readonly SheetSection[] =>
  criteriaInForce(rules, on).packs.flatMap((pack) =>
    pack.criteria.map((criterion): SheetSection => {
      const items = criterion.situations.map((situation): SheetItem => {
        const found = applicability({ criterion, situation }, mine, rules.facts)
        const applies: ItemApplies =
          found.applies === false
            ? { kind: 'notApplicable', reason: found.reason }
            : { kind: 'asked', missing: found.applies === 'unknown' ? found.missing.map(({ title }) => title) : [] }
        return {
          code: situation.code,
          number: situation.code,
          question: situation.question,
          look: situation.evidence.join('；'),
          buttons: situation.buttons,
          applies,
          criterion: {
            code: criterion.code,
            title: criterion.title,
            // Of a criterion with one situation alone the two read the same.
            text: criterion.text === situation.text ? situation.text : `${criterion.text}${situation.text}`,
            packVersion: pack.version,
          },
        }
      })
      return { key: criterion.code, title: `${criterion.code} ${criterion.title}`, items }
    }),
  )

/** OPC-dump-01 → 排土-01: the number stays the item's own, whatever is added or taken out before it. */
const numberIn = (system: string, code: string): string => `${system}-${code.slice(code.lastIndexOf('-') + 1)}`

const ordinarySections = ({ checkItems }: SheetRules, { mineType }: CriteriaSubject): readonly SheetSection[] =>
  checkItems.mineType === mineType
    ? checkItems.systems.map(({ key, title, items }) => ({
        key,
        title,
        items: items.map(
          (item): SheetItem => ({
            ...item,
            number: numberIn(title, item.code),
            applies: { kind: 'asked', missing: [] },
          }),
        ),
      }))
    : []

/** The questions for a mine on a day, by the rules in force then (PRACTICE 17: criteria and ordinary items). */
export const sheetOf = (rules: SheetRules, mine: CriteriaSubject, on: string): Sheet => ({
  sections: [...criteriaSections(rules, mine, on), ...ordinarySections(rules, mine)],
  rulebookVersion: rules.version,
})

export const itemsOf = ({ sections }: Sheet): readonly SheetItem[] => sections.flatMap(({ items }) => items)
