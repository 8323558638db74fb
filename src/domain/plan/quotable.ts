import type { Rulebook } from '#rulebook/rulebook.ts'

/** What a plan may quote without being like another: the notices with their annexes, the criteria, the clauses, the check items. */
export const quotableTexts = ({ notices, packs, citations, checkItems }: Rulebook): readonly string[] => [
  ...notices.flatMap(({ title, text, obligations }) => [
    title,
    text,
    // A plan copies the duty with its line breaks undone and its number left out; our wording of it is no secret either.
    ...obligations.map(({ action }) => action),
  ]),
  ...packs.flatMap(({ title, criteria }) => [
    title,
    ...criteria.flatMap((criterion) => [
      criterion.title,
      criterion.text,
      ...criterion.situations.flatMap(({ text, question }) => [text, question]),
    ]),
  ]),
  ...citations.flatMap(({ short, requires }) => [short, requires]),
  ...checkItems.systems.flatMap(({ items }) => items.map(({ question }) => question)),
]
