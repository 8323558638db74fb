import type { z } from 'zod'
import type { MineCode } from '#demo/mines.ts'
import type { Scene } from '#demo/photographs/scenes.ts'
import { personOf } from '#demo/posts.ts'
import type { reportBody } from '#domain/hazard/acts/report.ts'
import type { FactName, facts } from '#domain/hazard/facts.ts'
import type { HazardAct, MoveName, moves } from '#domain/hazard/transitions.ts'

/** What an act's form takes, read from the domain: a story that no longer fits the law does not compile. */
type BodyOf<A extends HazardAct> = A extends FactName
  ? z.input<(typeof facts)[A]['body']>
  : A extends 'report'
    ? Omit<z.input<typeof reportBody>, 'mineId'>
    : A extends MoveName
      ? z.input<(typeof moves)[A]['body']>
      : never

/** A paper that goes along: plain text under its own name. */
export type Paper = { readonly name: string; readonly text: string }

export type Step = {
  readonly when: string
  readonly by: string
  readonly act: HazardAct
  readonly body: Readonly<Record<string, unknown>>
  readonly photographs?: readonly Scene[]
  readonly papers?: readonly Paper[]
}

export type Story = {
  readonly code: string
  readonly mine: MineCode
  /** The register it stands in: the mine's, or the bureau's own until the visit. */
  readonly register: string
  readonly steps: readonly Step[]
}

type Along = { readonly photographs?: readonly Scene[]; readonly papers?: readonly Paper[] }

export type Telling = {
  /** One act: when, by which post (of the mine unless another house is named), what. */
  readonly on: <A extends HazardAct>(when: string, by: string, act: A, body: BodyOf<A>, along?: Along) => Step
  /** The person of a post, to be named in a record. */
  readonly who: (post: string) => string
}

const within = (mine: MineCode, post: string): string => (post.includes('/') ? post : `${mine}/${post}`)

const tellingOf = (mine: MineCode): Telling => ({
  on: (when, by, act, body, along) => ({ when, by: within(mine, by), act, body: { ...body }, ...along }),
  who: (post) => personOf(within(mine, post)),
})

export const story = (
  code: string,
  mine: MineCode,
  tell: (telling: Telling) => readonly Step[],
  register: string = mine,
): Story => ({ code, mine, register, steps: tell(tellingOf(mine)) })
