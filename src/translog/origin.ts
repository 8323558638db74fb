/**
 * A log is named `<house>/<number>`: the house is drawn once for an installation, the number counts the logs it has begun,
 * one after another.
 */
const form = /^(.+)\/([1-9]\d{0,5})$/

/** Which log of its house that is. */
export const numberIn = (origin: string): number | undefined => {
  const digits = form.exec(origin)?.[2]
  return digits === undefined ? undefined : Number(digits)
}

/** Undefined where the name is none of ours. */
export const houseOf = (origin: string): string | undefined => form.exec(origin)?.[1]
