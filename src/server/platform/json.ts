import type { JsonValue } from '#translog/canonicalJson.ts'

/**
 * A value as JSON will carry it: what is undefined is left out, what JSON has no form for is refused. What is stored,
 * hashed and sealed is this and nothing else.
 */
export const asJson = (value: unknown): JsonValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return asJsonObject(value)
  throw new TypeError(`no JSON form for ${typeof value}`)
}

export const asJsonObject = (value: object): { readonly [name: string]: JsonValue } =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, asJson(member)]),
  )
