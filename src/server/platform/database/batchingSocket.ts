import { Socket } from 'node:net'

/**
 * Statements that are sent in the same turn of the event loop leave in one piece: the driver corks and uncorks the
 * socket for each statement, and this one stays corked until the turn is over. It saves a write, and a wake-up of the
 * server's process, for each of them.
 */
export class BatchingSocket extends Socket {
  #held = false

  override cork(): void {
    super.cork()
    if (this.#held) return
    this.#held = true
    super.cork()
    process.nextTick(() => {
      this.#held = false
      super.uncork()
    })
  }
}
