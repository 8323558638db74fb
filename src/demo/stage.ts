import { demoId } from '#demo/demoId.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { Outcome } from '#domain/refusal.ts'
import type { Platform } from '#server/platform/platform.ts'

/** One act of the demo at its moment. `name` makes the command's id, so that a second run lands on the first. */
export type Act = {
  readonly name: string
  readonly at: string
  readonly actor: Actor
  readonly tenant: string
  readonly stream: string
  readonly act: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The demo tells only what the law allows: a refusal is a fault of the demo or of a rule, and stops it with its words. */
export const mustBe = <T>(what: string, outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value
  const { code, message, remedy } = outcome.refusal
  throw new Error(`demo: ${what} was refused (${code}): ${message}${remedy ? `；${remedy}` : ''}`)
}

export const enact = async (platform: Platform, clock: SettableClock, act: Act): Promise<void> => {
  clock.set(act.at)
  mustBe(
    `${act.at} ${act.name}`,
    await platform.execute(act.actor, {
      id: demoId(`command/${act.name}`),
      tenantId: demoId(act.tenant),
      streamId: act.stream,
      act: act.act,
      body: act.body,
    }),
  )
}
