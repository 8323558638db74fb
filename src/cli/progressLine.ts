/** One line at a terminal that counts up; elsewhere it keeps silent. */
export const progressLine = (describe: (done: number, of: number) => string) => {
  const terminal = process.stderr.isTTY === true
  return {
    tell: (done: number, of: number): void => {
      if (terminal) process.stderr.write(`\r${describe(done, of)}\u001B[K`)
    },
    end: (): void => {
      if (terminal) process.stderr.write('\r\u001B[K')
    },
  }
}
