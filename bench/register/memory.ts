import { readFileSync } from 'node:fs'

const megabytes = (pid: number): number => {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** Resident memory of a process while something runs: how much it was before, how much at the highest. */
export const watchMemory = (pid: number) => {
  const before = megabytes(pid)
  let highest = before
  const timer = setInterval(() => {
    highest = Math.max(highest, megabytes(pid))
  }, 50)
  return () => {
    clearInterval(timer)
    return { before, highest: Math.max(highest, megabytes(pid)) }
  }
}
