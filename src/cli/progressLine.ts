/** One line at a terminal that says what is being done and how far it is; elsewhere it keeps silent. */
export const progressLine = () => {
  const terminal = process.stderr.isTTY === true
  return {
    tell: (what: string): void => {
      if (terminal) process.stderr.write(`\r${what}\u001B[K`)
    },
    end: (): void => {
      if (terminal) process.stderr.write('\r\u001B[K')
    },
  }
}
