/** Asks again until there is an answer; throws when ten seconds have brought none. */
export const eventually = async <T>(ask: () => Promise<T | undefined>, seconds = 10): Promise<T> => {
  const until = performance.now() + seconds * 1_000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > until) throw new Error(`nothing came of it in ${seconds} seconds`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
