import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './tree.mjs'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * A SIGTERM for `npm start` (a service manager, a container being stopped) ends the shell between npm and us, which
 * hands nothing on: that our parent is gone is all we see of it.
 */
const whenNpmEnds = (then) => {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    then()
  }, 500)
  return () => clearInterval(timer)
}

/**
 * Runs a program with our terminal and resolves with its exit code (128 + number when a signal ended it). Signals sent
 * to us go to it, and we stay until it has ended in its own way.
 */
export const runChild = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
    const forward = (signal) => {
      // At a terminal Ctrl-C reaches the child by itself: once is enough.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of forwarded) process.on(signal, forward)
    const stopWatching = whenNpmEnds(() => child.kill('SIGTERM'))
    const release = () => {
      stopWatching()
      for (const signal of forwarded) process.removeListener(signal, forward)
    }
    child.once('error', (error) => {
      release()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      release()
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
