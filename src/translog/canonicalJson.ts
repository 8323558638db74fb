import canonicalize from 'canonicalize'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue }

// `canonicalize` asks String.prototype.isWellFormed, which Chromium before 111 does not have; 109 is
// the last for Windows 7 and must be able to check a proof.
if (typeof String.prototype.isWellFormed !== 'function') {
  Object.defineProperty(String.prototype, 'isWellFormed', {
    configurable: true,
    writable: true,
    value: function isWellFormed(this: string): boolean {
      return !/\p{Surrogate}/u.test(this)
    },
  })
}

const utf8 = new TextEncoder()

/**
 * RFC 8785: one text for one value, whoever writes it. Numbers are IEEE doubles, so amounts and
 * decimals beyond 2^53 belong in strings. Throws on NaN, Infinity, lone surrogates and what is no JSON.
 */
export const canonicalJson = (value: JsonValue): string => {
  const json = canonicalize(value)
  if (json === undefined) throw new TypeError('not a JSON value')
  return json
}

/** The UTF-8 bytes of the canonical text: what is hashed. */
export const canonicalBytes = (value: JsonValue): Uint8Array => utf8.encode(canonicalJson(value))
