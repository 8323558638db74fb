/** A search is for what was typed: its % and _ mean themselves. Null when nothing is looked for. */
export const likeText = (text: string | undefined): string | null => text?.replace(/[\\%_]/g, '\\$&') || null
