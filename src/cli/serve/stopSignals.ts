/** Resolves at the first Ctrl-C or SIGTERM; the second ends the program on the spot. */
export const stopAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let asked = false
    const heard = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(1)
      asked = true
      resolve(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard)
  })
