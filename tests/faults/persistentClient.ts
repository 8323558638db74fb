import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from '#contract/problem.ts'
import { type ReceiptShown, receiptShown } from '#contract/receipt.ts'
import { hazardLife, type SentCommand } from '#tests/load/hazardLife.ts'
import type { Program } from '#tests/load/program.ts'
import type { SignedInMine } from '#tests/load/register.ts'
import { createSender, type Sender } from '#tests/load/sender.ts'

/** What clients were told, all of them together. */
export type Told = {
  readonly acknowledged: Map<string, ReceiptShown>
  /** When the latest request that was acknowledged had been sent. */
  latest: number
  /** Sent again because there was no answer, or an answer of trouble on the server's side. */
  resent: number
  /** Acknowledged as carried out before: the first answer was lost on its way. */
  landedUnanswered: number
  /** Answered with "it was not done" although it was. */
  readonly denied: string[]
  /** Answers that no client of a sound server gets. */
  readonly strange: string[]
}

export const nothingTold = (): Told => ({
  acknowledged: new Map(),
  latest: 0,
  resent: 0,
  landedUnanswered: 0,
  denied: [],
  strange: [],
})

const patience = 60_000
const pause = 40

type Answer = { readonly receipt: ReceiptShown } | { readonly code: string; readonly detail: string }

const sendOnce = async (sender: Sender, { id, tenantId, streamId, act, body }: SentCommand, token: string) => {
  const path = `/api/hazards/${tenantId}/${streamId}/acts/${act}`
  const answer = await sender.send('POST', path, { commandId: id, body }, token)
  if (answer.status === 200) return { receipt: receiptShown.parse(answer.body) }
  const { code, detail } = problem.parse(answer.body)
  return { code, detail }
}

/** Trouble that a client waits out: no line, a fault of the server, a neighbour in the way. */
const waitedOut = new Set(['no-line', 'fault', 'database-away', 'too-busy'])

/** Sends a command until it is acknowledged, always under the same id, as a phone in the pit does. */
export const sendUntilAcknowledged = async (
  sender: Sender,
  command: SentCommand,
  token: string,
  told: Told,
): Promise<ReceiptShown | undefined> => {
  const until = Date.now() + patience
  let denied: string | undefined
  for (;;) {
    const sent = performance.now()
    const answer: Answer = await sendOnce(sender, command, token).catch((error: unknown) => ({
      code: 'no-line',
      detail: String(error),
    }))
    if ('receipt' in answer) {
      const { receipt } = answer
      told.acknowledged.set(command.id, receipt)
      told.latest = Math.max(told.latest, sent)
      if (receipt.replayed) told.landedUnanswered += 1
      if (receipt.replayed && denied !== undefined) told.denied.push(denied)
      return receipt
    }
    if (answer.detail.includes('没有办成')) denied = answer.detail
    if (!waitedOut.has(answer.code) || Date.now() > until) {
      told.strange.push(`${command.act}: ${answer.code} ${answer.detail}`)
      return undefined
    }
    told.resent += 1
    await sleep(pause)
  }
}

/** One client for each mine, each writing one hazard's life after another until told to stop. */
export const startLoad = (program: Program, mines: readonly SignedInMine[], told: Told) => {
  let stopping = false
  const client = async (mine: SignedInMine): Promise<void> => {
    const sender = createSender(program.url)
    while (!stopping)
      for (const command of hazardLife(mine))
        if (!(await sendUntilAcknowledged(sender, command, mine.token, told))) break
    sender.close()
  }
  const clients = Promise.all(mines.map(client))
  return {
    stop: async (): Promise<void> => {
      stopping = true
      await clients
    },
  }
}
