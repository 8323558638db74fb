import { type Policy, verifyBundleBytes } from '#translog/bundle.ts'
import type { Hasher } from '#translog/hasher.ts'

/** Which flipped bits of an evidence file were accepted: there must be none. */
export type Flips = { readonly tried: number; readonly accepted: readonly number[] }

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice()
  const at = Math.floor(bit / 8)
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}

export const bitsOf = (bytes: Uint8Array): number => bytes.length * 8

/** Flips one bit at a time and asks whether the file still passes. Throws where the file did not pass to begin with. */
export const tryFlips = (bytes: Uint8Array, bits: Iterable<number>, policy: Policy, hash?: Hasher): Flips => {
  const honest = verifyBundleBytes(bytes, policy, hash)
  if (!honest.ok) throw new Error(`not an honest file: ${JSON.stringify(honest.fault)}`)
  const accepted: number[] = []
  let tried = 0
  for (const bit of bits) {
    tried += 1
    if (verifyBundleBytes(flipped(bytes, bit), policy, hash).ok) accepted.push(bit)
  }
  return { tried, accepted }
}

const every = function* (count: number): Generator<number> {
  for (let bit = 0; bit < count; bit += 1) yield bit
}

/** Every bit of the file, one after the other. */
export const flipEveryBit = (bytes: Uint8Array, policy: Policy, hash?: Hasher): Flips =>
  tryFlips(bytes, every(bitsOf(bytes)), policy, hash)
