import { useSyncExternalStore } from 'react'
import { actOnHazard } from '#contract/hazard.ts'
import type { Problem } from '#contract/problem.ts'
import { ask, noteAnswer, queries } from '#web/field/connection/ask.ts'
import {
  type Attached,
  bodyOf,
  isAct,
  isAnswer,
  type Pending,
  type PendingAct,
  type PendingAnswer,
} from '#web/field/outbox/pending.ts'
import { keepReceipt } from '#web/field/outbox/receipts.ts'
import {
  dropBytes,
  dropCommand,
  keepsAfterClosing,
  readBytes,
  readCommands,
  saveBytes,
  saveCommand,
} from '#web/field/outbox/store.ts'
import { shrunk } from '#web/field/photo/shrink.ts'
import { saveOnSheet } from '#web/field/selfCheck/saveOnSheet.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'
import { upload } from '#web/parts/upload.ts'

export type Outbox = {
  readonly commands: readonly Pending[]
  /** Percent by attachment, while its bytes travel. */
  readonly travelling: Readonly<Record<string, number>>
  /** Ids of commands being sent right now. */
  readonly sending: readonly string[]
  /** False: this browser keeps nothing after the page is closed. */
  readonly durable: boolean
  readonly loaded: boolean
}

let state: Outbox = { commands: [], travelling: {}, sending: [], durable: true, loaded: false }
const watchers = new Set<() => void>()

const change = (part: Partial<Outbox>): void => {
  state = { ...state, ...part }
  for (const watcher of watchers) watcher()
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const useOutbox = (): Outbox => useSyncExternalStore(subscribe, () => state)

/** An act on a hazard, by the id it was begun under. */
export const useCommand = (commandId: string): PendingAct | undefined =>
  useOutbox()
    .commands.filter(isAct)
    .find((one) => one.commandId === commandId)

const find = (commandId: string): Pending | undefined => state.commands.find((one) => one.commandId === commandId)

/** Command ids are UUIDv7: their order is the order of writing, and a later act never overtakes the report it builds on. */
const inOrder = (commands: readonly Pending[]): Pending[] =>
  [...commands].sort((a, b) => (a.commandId < b.commandId ? -1 : 1))

const put = async (command: Pending): Promise<void> => {
  const others = state.commands.filter(({ commandId }) => commandId !== command.commandId)
  change({ commands: inOrder([...others, command]) })
  await saveCommand(command)
}

/** A form that was only looked at when the page was closed; a report that was begun stays, its address names it. */
const onlyOpened = (command: Pending): boolean =>
  command.stage === 'draft' &&
  !command.touched &&
  command.attached.length === 0 &&
  (isAnswer(command) || (command.act !== 'report' && command.act !== 'reportFixed'))

const readKept = async (): Promise<void> => {
  const [durable, kept] = await Promise.all([keepsAfterClosing(), readCommands()])
  for (const command of kept.filter(onlyOpened)) await dropCommand(command)
  const commands = kept.filter((command) => !onlyOpened(command))
  change({ durable, commands: inOrder([...commands, ...state.commands]), loaded: true })
}

let opening: Promise<void> | undefined

/** Reads what the phone keeps, once; whoever comes meanwhile waits for the same reading. */
export const openOutbox = (): Promise<void> => {
  opening ??= readKept()
  return opening
}

type Begun<P extends Pending> = Omit<P, 'commandId' | 'attached' | 'capturedAt' | 'stage' | 'touched'>

/** Begins a command; from here on nothing that is entered or photographed is lost by closing the page. */
export const begin = async (begun: Begun<PendingAct> | Begun<PendingAnswer>): Promise<Pending> => {
  const command: Pending = {
    ...begun,
    commandId: newCommandId(),
    attached: [],
    capturedAt: new Date().toISOString(),
    stage: 'draft',
  }
  await put(command)
  // Asks the browser not to clear the phone's storage under pressure; a no is no reason to stop.
  void navigator.storage?.persist?.().catch(() => false)
  return command
}

type Rewritten = Partial<Pick<PendingAct, 'body' | 'act' | 'title' | 'expectedVersion'>>

export const write = async (commandId: string, rewritten: Rewritten): Promise<void> => {
  const command = find(commandId)
  if (!command) return
  const { refused: _refused, ...rest } = command
  await put({ ...rest, ...rewritten, touched: true, stage: 'draft' })
}

export const discard = async (commandId: string): Promise<void> => {
  const command = find(commandId)
  if (!command) return
  change({ commands: state.commands.filter((one) => one !== command) })
  await dropCommand(command)
}

export const attach = async (commandId: string, field: string, file: File): Promise<void> => {
  const id = newId()
  const blob = await shrunk(file)
  await saveBytes(id, blob)
  const command = find(commandId)
  if (!command) return
  const entry: Attached = { id, field, name: file.name || '照片.jpg', size: blob.size }
  const { refused: _refused, ...rest } = command
  await put({ ...rest, attached: [...command.attached, entry] })
  // Starts to travel at once, while the person chooses the place; a failure now is made good when it is sent.
  void travel(commandId, id)
}

export const detach = async (commandId: string, id: string): Promise<void> => {
  const command = find(commandId)
  if (!command) return
  const { refused: _refused, ...rest } = command
  await put({ ...rest, attached: command.attached.filter((one) => one.id !== id) })
  await dropBytes(id)
}

/** A form that was opened and left as it was is not something begun. */
export const untouched = async (commandId: string): Promise<void> => {
  const command = find(commandId)
  if (command?.stage === 'draft' && !command.touched && command.attached.length === 0) await discard(commandId)
}

const progress = (id: string, percent: number | undefined): void => {
  const { [id]: _before, ...others } = state.travelling
  change({ travelling: percent === undefined ? others : { ...others, [id]: percent } })
}

const journeys = new Map<string, Promise<Problem | undefined>>()

/** Brings one attachment to the server, once; tells what stood in the way. */
const travel = (commandId: string, id: string): Promise<Problem | undefined> => {
  const already = journeys.get(id)
  if (already) return already
  const journey = bring(commandId, id).finally(() => journeys.delete(id))
  journeys.set(id, journey)
  return journey
}

const bring = async (commandId: string, id: string): Promise<Problem | undefined> => {
  const command = find(commandId)
  const entry = command?.attached.find((one) => one.id === id)
  if (!command || !entry || entry.sha256) return undefined
  const blob = await readBytes(id)
  if (!blob) return lostBytes(entry.name)
  progress(id, 0)
  const file = new File([blob], entry.name, { type: blob.type })
  const answer = await upload(command.tenantId, file, (share) => progress(id, Math.round(share * 100)))
  noteAnswer(answer.ok ? undefined : answer.problem)
  progress(id, undefined)
  if (!answer.ok) return answer.problem
  const now = find(commandId)
  if (!now) return undefined
  const { sha256 } = answer.file
  await put({ ...now, attached: now.attached.map((one) => (one.id === id ? { ...one, sha256 } : one)) })
  return undefined
}

const lostBytes = (name: string): Problem => ({
  type: 'about:blank',
  title: '照片找不到了',
  status: 400,
  detail: `手机里找不到“${name}”`,
  code: 'bytes-lost',
  remedy: '删去这张，重新拍一张',
})

export type Sent =
  | { readonly kind: 'received' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'waits'; readonly problem: Problem }

/** No answer, signed out, too many requests, a fault of the server: to be sent again as it is. Everything else needs a person. */
const passes = ({ status }: Problem): boolean => status === 0 || status === 401 || status === 429 || status >= 500

const refuse = async (command: Pending, problem: Problem): Promise<Sent> => {
  if (passes(problem)) return { kind: 'waits', problem }
  await put({ ...command, refused: problem })
  return { kind: 'refused', problem }
}

const deliver = async (commandId: string): Promise<Sent> => {
  const waiting = find(commandId)
  if (!waiting) return { kind: 'received' }
  const { refused: _refused, ...clean } = waiting
  await put({ ...clean, stage: 'waiting' })
  for (const { id } of waiting.attached) {
    const problem = await travel(commandId, id)
    const command = find(commandId)
    if (problem && command) return refuse(command, problem)
  }
  const command = find(commandId)
  if (!command) return { kind: 'received' }
  return isAnswer(command) ? deliverAnswers(together(command)) : deliverAct(command)
}

const most = 100

/** Answers of the same sheet that lie ready go along: after an hour without signal that is one call, not eighty. */
const together = (first: PendingAnswer): readonly PendingAnswer[] => {
  const along = state.commands
    .filter(isAnswer)
    .filter(
      ({ commandId, accountId, tenantId, month, stage, refused, attached }) =>
        commandId !== first.commandId &&
        accountId === first.accountId &&
        tenantId === first.tenantId &&
        month === first.month &&
        stage === 'waiting' &&
        !refused &&
        attached.every(({ sha256 }) => sha256),
    )
  return [first, ...along].slice(0, most)
}

const deliverAnswers = async (answers: readonly PendingAnswer[]): Promise<Sent> => {
  const [first] = answers
  if (!first) return { kind: 'received' }
  const problem = await saveOnSheet(answers)
  if (problem === undefined) {
    for (const { commandId } of answers) await discard(commandId)
    return { kind: 'received' }
  }
  // One bad answer keeps no other from arriving.
  if (answers.length > 1 && !passes(problem)) return deliverAnswers([first])
  return refuse(first, problem)
}

const deliverAct = async (command: PendingAct): Promise<Sent> => {
  const { commandId, tenantId, hazardId, act, capturedAt, expectedVersion } = command
  const answer = await ask(actOnHazard, {
    params: { tenantId, id: hazardId, act },
    body: {
      commandId,
      capturedAt,
      body: bodyOf(command),
      ...(expectedVersion !== undefined && { expectedVersion }),
    },
  })
  if (answer.ok) {
    keepReceipt(command, answer.value)
    await discard(commandId)
    void queries.invalidateQueries()
    return { kind: 'received' }
  }
  // The phone's calendar ran ahead of the server's: the server's day counts then, and the report goes through.
  if (answer.problem.code === 'in-the-future' && command.writtenOn && command.body.on === undefined) {
    const { writtenOn: _writtenOn, ...rest } = command
    await put(rest)
    return deliver(commandId)
  }
  return refuse(command, answer.problem)
}

const deliveries = new Map<string, Promise<Sent>>()

export const send = (commandId: string): Promise<Sent> => {
  const already = deliveries.get(commandId)
  if (already) return already
  change({ sending: [...state.sending, commandId] })
  const delivery = deliver(commandId)
    .catch((error: unknown): Sent => ({ kind: 'waits', problem: stumbled(error) }))
    .finally(() => {
      deliveries.delete(commandId)
      change({ sending: state.sending.filter((one) => one !== commandId) })
    })
  deliveries.set(commandId, delivery)
  return delivery
}

const stumbled = (error: unknown): Problem => ({
  type: 'about:blank',
  title: '没有发出去',
  status: 0,
  detail: error instanceof Error ? error.message : '原因不明',
  code: 'unreachable',
  remedy: '内容已存在手机里，稍后重发',
})

/** Sends what waits, in the order it was written, and stops at the first that does not get through; tells whether all did. */
export const sendWaiting = async (accountId: string): Promise<boolean> => {
  // Signing in may be quicker than the phone's own storage; where that is shut, what the page holds goes out all the same.
  await openOutbox().catch(() => undefined)
  const waiting = state.commands.filter((one) => one.stage === 'waiting' && one.accountId === accountId && !one.refused)
  for (const { commandId } of waiting) {
    const sent = await send(commandId)
    if (sent.kind === 'waits') return false
  }
  return true
}
