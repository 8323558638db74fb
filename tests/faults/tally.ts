/** What was shown and what was not, in plain lines. */
export type Tally = {
  readonly say: (line: string) => void
  readonly check: (what: string, holds: boolean, detail?: string) => void
  /** Not shown on this machine, and why: said loudly, counted as neither. */
  readonly skip: (what: string, why: string) => void
  readonly passed: () => number
  readonly failed: () => number
}

export const createTally = (): Tally => {
  let passed = 0
  let failed = 0
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`)
  }
  return {
    say,
    check: (what, holds, detail) => {
      if (holds) passed += 1
      else failed += 1
      say(`${holds ? '  ok  ' : '  FAIL'} ${what}${detail ? ` (${detail})` : ''}`)
    },
    skip: (what, why) => say(`  !! SKIPPED, NOT SHOWN: ${what}: ${why}`),
    passed: () => passed,
    failed: () => failed,
  }
}
