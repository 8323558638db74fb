/**
 * 迎检档案袋 (PRACTICE 33): a folder is sections in the order in which inspectors ask. Whatever brings a section says it in
 * these blocks; how they look on paper is the template's.
 */
export type Block =
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly { readonly title: string; readonly width: number }[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What ought to be there and is not: said, never left out in silence. */
  | { readonly kind: 'missing'; readonly text: string }
  | { readonly kind: 'photos'; readonly photos: readonly FolderPhoto[] }

/** A photo by its content; `instead` stands in its place where there is none. */
export type FolderPhoto = { readonly sha256?: string; readonly caption: string; readonly instead?: string }

/** Level 2 is a part of the section before it; both stand in the table of contents. */
export type Section = { readonly level: 1 | 2; readonly title: string; readonly blocks: readonly Block[] }

/** A table, or what is said where it would be empty. */
export const tableOr = (
  columns: readonly { readonly title: string; readonly width: number }[],
  rows: readonly (readonly string[])[],
  nothing: string,
): Block => (rows.length > 0 ? { kind: 'table', columns, rows } : { kind: 'missing', text: nothing })

/** Facts whose text is known; what is not known is said by name under them. */
export const factsOf = (rows: readonly (readonly [label: string, text: string | undefined])[]): readonly Block[] => {
  const known = rows.flatMap(([label, text]) => (text ? [[label, text] as const] : []))
  const missing = rows.flatMap(([label, text]) => (text ? [] : [label]))
  return [
    ...(known.length > 0 ? [{ kind: 'facts', rows: known } as const] : []),
    ...(missing.length > 0 ? [{ kind: 'missing', text: `没有：${missing.join('、')}` } as const] : []),
  ]
}
