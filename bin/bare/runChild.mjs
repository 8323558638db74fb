import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './tree.mjs'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

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
    const release = () => {
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
