import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Actor, Target } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import { type Outcome, ok, type Refusal, refuse } from '#domain/refusal.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { type AppendInput, append, seal } from '#server/platform/append.ts'
import { claimNames } from '#server/platform/claims.ts'
import { businessDate, type Clock } from '#server/platform/clock.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { JobSender } from '#server/platform/jobs.ts'
import { asJson } from '#server/platform/json.ts'
import {
  drawNumber,
  findPersons,
  findStoredFiles,
  loadForCommand,
  loadOthers,
  waitForStream,
} from '#server/platform/load.ts'
import { writePrivate } from '#server/platform/privateRows.ts'
import { type ReadColumns, writeRows } from '#server/platform/project.ts'
import type { Receipt } from '#server/platform/receipt.ts'
import { within } from '#server/platform/scope.ts'
import type { Capability, Command, DecideContext } from '#server/platform/stream.ts'
import { canonicalJson } from '#translog/canonicalJson.ts'
import type { Signer } from '#translog/signedNote.ts'

export type Executed = { readonly receipt: Receipt; readonly replayed: boolean }

export type ExecuteDependencies = {
  readonly pool: DatabasePool
  readonly clock: Clock
  readonly rulebook: Rulebook
  readonly capabilities: readonly Capability[]
  readonly columns: ReadColumns
  readonly jobs: JobSender
  /** Signs receipts: the key of the log that the leaf will lie in. Without it an act is received all the same, unsigned. */
  readonly signer: Signer | undefined
  readonly demo: boolean
  /** Off only in the isolation suite, which shows that row-level security holds alone. */
  readonly checkAccess: boolean
}

const attempts = 3
/** Unique violation of the stream's key, deadlock, serialization failure: somebody else was faster; look again. */
const retried = new Set(['23505', '40P01', '40001'])

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const granted = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Refused(outcome.refusal)
  return outcome.value
}

const hashOf = (actor: Actor, command: Command): Buffer =>
  createHash('sha256')
    .update(
      canonicalJson(
        asJson({
          account: actor.accountId,
          tenant: command.tenantId,
          stream: command.streamId,
          act: command.act,
          body: command.body,
        }),
      ),
    )
    .digest()

const anotherBody = (): Refusal => ({
  code: 'command-id-reused',
  message: '这个办理编号已经用于另一份内容',
  remedy: '刷新页面后重新办理，会得到新的编号',
})

const unknownTenant = (): Refusal => ({
  code: 'not-found',
  message: '没有这个单位，或者不在您的管辖范围',
  remedy: '从列表中重新选择',
})

const idInUse = (): Refusal => ({
  code: 'id-in-use',
  message: '这个编号已经用于另一种记录',
  remedy: '刷新页面后重新办理，会得到新的编号',
})

const tooBusy = (): Refusal => ({
  code: 'too-busy',
  message: '别人正在办理同一件事，或者编号已经有人使用；这次没有办成',
  remedy: '稍等片刻重试；仍不行请刷新页面，会得到新的编号',
})

const stale = (command: Command, actual: number, events: readonly unknown[]): Refusal => ({
  code: 'stale-version',
  message: '您打开之后，别人已经办理过',
  remedy: '对照双方内容，确认后重新办理',
  details: {
    expectedVersion: command.expectedVersion,
    actualVersion: actual,
    yours: command.body,
    theirs: events.slice(command.expectedVersion),
  },
})

/**
 * The one place where a command runs: load, fold, decide, and in ONE transaction events, rows, leaves, private rows,
 * claims and jobs. A capability brings its decider and its rows; never its own transaction.
 */
export const createExecute = (dependencies: ExecuteDependencies) => {
  const { pool, clock, rulebook, columns, jobs, signer, demo, checkAccess } = dependencies
  const capabilityOf = new Map(
    dependencies.capabilities.flatMap((capability) => capability.acts.map((act) => [act, capability] as const)),
  )

  const inTransaction = async (
    client: PoolClient,
    actor: Actor,
    command: Command,
    capability: Capability,
    hash: Buffer,
  ): Promise<Executed> => {
    const now = clock.now()
    const today = businessDate(now)
    const [{ div: standing, prior, kind, events: before }, others, storedFiles, persons] = await Promise.all([
      loadForCommand(client, command),
      loadOthers(client, capability.reads(command)),
      findStoredFiles(client, command.tenantId, capability.filesNamed?.(command) ?? []),
      findPersons(client, capability.personsNamed?.(command) ?? []),
    ])
    if (prior) {
      if (prior.hash !== hash.toString('hex')) throw new Refused(anotherBody())
      await client.query('commit')
      return { receipt: prior.receipt, replayed: true }
    }
    const div = capability.divisionOf(command) ?? standing
    if (div === undefined) throw new Refused(unknownTenant())
    const target: Target = { tenantId: command.tenantId, div: standing ?? div }
    if (checkAccess) granted(may(actor, command.act, target))
    // A mine that moves goes where the actor's hand reaches too.
    if (checkAccess && div !== target.div) granted(may(actor, command.act, { ...target, div }))
    if (kind !== undefined && kind !== capability.kind) throw new Refused(idInUse())
    if (command.expectedVersion !== undefined && command.expectedVersion !== before.length)
      throw new Refused(stale(command, before.length, before))
    const series = capability.series(command, today)
    const number = series ? await drawNumber(client, command.tenantId, div, series) : undefined
    const context: DecideContext = {
      now,
      today,
      actor,
      tenantId: command.tenantId,
      streamId: command.streamId,
      number,
      rulebook,
      demo,
      storedFiles,
      persons,
      others,
    }
    const decision = granted(capability.decide(before, command, context))
    const appending: AppendInput = {
      command,
      kind: capability.kind,
      div,
      actor,
      hash,
      fromVersion: before.length,
      events: decision.events,
      now,
      number,
      rulebookVersion: rulebook.version,
    }
    const sealed = seal(appending, signer)
    const { receipt } = sealed
    const recorded = decision.events.map((event, index) => ({
      ...event,
      body: asRecord(event.body),
      id: receipt.events[index]?.id ?? '',
      version: before.length + index + 1,
      receivedAt: receipt.receivedAt,
      actor: { accountId: actor.accountId, role: actor.role, ...(actor.personId && { personId: actor.personId }) },
    }))
    const place = { tenantId: command.tenantId, streamId: command.streamId, div }
    const rows = capability.rows([...before, ...recorded], { ...place, version: receipt.version })
    const writing = [
      append(client, appending, sealed),
      writeRows(client, columns, rows, place),
      writePrivate(client, decision.private ?? [], { ...place, now }),
    ]
    // Waited for before the commit: a write that fails on this side of the wire would not make PostgreSQL refuse it.
    await Promise.all(writing)
    if (decision.claims) granted(await claimNames(client, decision.claims, place))
    for (const effect of decision.effects ?? [])
      await jobs.send(client, effect.queue, { ...effect.data, eventId: receipt.events.at(-1)?.id })
    await client.query('commit')
    return { receipt, replayed: false }
  }

  const attempt = async (
    actor: Actor,
    command: Command,
    capability: Capability,
    { hash, again }: { readonly hash: Buffer; readonly again: boolean },
  ): Promise<Outcome<Executed>> => {
    const client = await pool.connect()
    try {
      const executed = await within(client, actor.scope, 'read write', async () => {
        if (again) await waitForStream(client, command)
        return inTransaction(client, actor, command, capability, hash)
      })
      client.release()
      return ok(executed)
    } catch (error) {
      const broken = await client.query('rollback').then(
        () => undefined,
        (failure: Error) => failure,
      )
      client.release(broken)
      if (error instanceof Refused) return { ok: false, refusal: error.refusal }
      throw error
    }
  }

  return async (actor: Actor, command: Command): Promise<Outcome<Executed>> => {
    const capability = capabilityOf.get(command.act)
    if (!capability)
      return refuse({ code: 'unknown-act', message: `没有“${command.act}”这个办理事项`, remedy: '刷新页面后重试' })
    const valid = capability.validate(command.act, command.body)
    if (!valid.ok) return valid
    // The hash is of what was sent, kept for ever; a later reading of the form must not change it.
    const hash = hashOf(actor, command)
    const read = { ...command, body: valid.value }
    for (let tried = 1; tried <= attempts; tried += 1) {
      try {
        return await attempt(actor, read, capability, { hash, again: tried > 1 })
      } catch (error) {
        if (!isRetried(error)) throw error
      }
    }
    return refuse(tooBusy())
  }
}

const isRetried = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && retried.has(error.code)

const asRecord = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))

export type Execute = ReturnType<typeof createExecute>
