/**
 * Fingerprints by winnowing (S. Schleimer, D. Wilkerson, A. Aiken: Winnowing: Local Algorithms for Document
 * Fingerprinting, SIGMOD 2003): of every window of `w` neighbouring k-grams the one with the smallest hash is kept, the
 * rightmost where several are equal.
 *
 * What it guarantees: two texts that share a run of at least k + w − 1 letters share a fingerprint within it, unless every
 * k-gram of the run stands in the background. What k-grams are skipped depends on their letters alone, so the same
 * window chooses the same k-gram in both texts.
 */
export type WinnowSettings = { readonly k: number; readonly w: number }

// Odd, so that a letter never loses its lowest bit; any large odd number would do.
const base = 0x01000193

/** 32 bits of which each depends on all: the polynomial alone has weak low bits. */
const mixed = (hash: number): number => {
  let bits = hash ^ (hash >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** The hash of every k-gram, in order (Karp and Rabin's rolling hash). */
export const kgramHashes = (letters: Uint32Array, k: number): Uint32Array => {
  const count = Math.max(0, letters.length - k + 1)
  const hashes = new Uint32Array(count)
  let leaving = 1
  for (let i = 1; i < k; i += 1) leaving = Math.imul(leaving, base)
  let rolling = 0
  for (let at = 0; at < letters.length; at += 1) {
    if (at >= k) rolling = (rolling - Math.imul(letters[at - k] ?? 0, leaving)) | 0
    rolling = (Math.imul(rolling, base) + (letters[at] ?? 0)) | 0
    if (at >= k - 1) hashes[at - k + 1] = mixed(rolling)
  }
  return hashes
}

const skipped = 0x1_0000_0000

/** Where the fingerprints stand, in order. A text shorter than one window is one window. */
export const winnow = (hashes: Uint32Array, w: number, skip?: Uint8Array): readonly number[] => {
  const chosen: number[] = []
  const weight = (at: number): number => (skip?.[at] ? skipped : (hashes[at] ?? skipped))
  const width = Math.min(w, hashes.length)
  let smallest = -1
  for (let last = width - 1; last < hashes.length && width > 0; last += 1) {
    const first = last - width + 1
    if (smallest < first) {
      smallest = first
      for (let at = first + 1; at <= last; at += 1) if (weight(at) <= weight(smallest)) smallest = at
    } else if (weight(last) <= weight(smallest)) smallest = last
    if (weight(smallest) < skipped && chosen[chosen.length - 1] !== smallest) chosen.push(smallest)
  }
  return chosen
}
