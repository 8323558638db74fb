/**
 * A refusal is a value, not an exception: the law said no, and the person reading it must learn
 * what stands against it, which clause, and how to mend it. `message` and `remedy` are Chinese
 * because they are shown as they are; HTTP carries them as problem+json (RFC 9457).
 */
export type Refusal = {
  readonly code: string
  readonly message: string
  readonly clause?: string
  readonly remedy?: string
  readonly details?: Readonly<Record<string, unknown>>
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const refuse = (refusal: Refusal): Outcome<never> => ({ ok: false, refusal })
