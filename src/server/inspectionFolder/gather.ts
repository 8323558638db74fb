import { z } from 'zod'
import type { FolderProgress } from '#contract/inspectionFolder.ts'
import type { Actor } from '#domain/access/actor.ts'
import {
  type HazardEntry,
  type HazardGiven,
  hazardSection,
  photosLeftOut,
} from '#domain/inspectionFolder/hazardSection.ts'
import type { Section } from '#domain/inspectionFolder/section.ts'
import { showHazard } from '#server/hazard/show.ts'
import { closingSections, type FolderSubject, openingSections } from '#server/inspectionFolder/sections.ts'
import { receiptsOf } from '#server/ledger/queries.ts'
import { findMine } from '#server/org/mines.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** A folder that nobody can carry helps nobody: what is over this is said on its cover. */
const mostHazards = 60

export type Gathered = {
  readonly subject: FolderSubject
  readonly sections: readonly Section[]
  readonly hazards: number
  readonly leftOut: readonly string[]
}

type Tell = (progress: FolderProgress) => void

const idRow = z.object({ id: z.string() })

const majorsOf = async ({ client }: ReadScope, mineId: string): Promise<readonly string[]> => {
  const { rows } = await client.query(
    `select id from read.hazard where tenant_id = $1 and mine_id = $1 and judged_grade = 'major'
     order by open desc, found_on desc, id desc`,
    [mineId],
  )
  return rows.map((row) => idRow.parse(row).id)
}

const hazardGiven = async (
  scope: ReadScope,
  ref: { readonly tenantId: string; readonly id: string },
  { actor, today, rulebook, now }: { actor: Actor; today: string; rulebook: Platform['rulebook']; now: Date },
): Promise<HazardGiven | undefined> => {
  const shown = await showHazard(scope, ref, { actor, today, rulebook })
  if (!shown) return undefined
  const { items } = await receiptsOf(scope, ref.tenantId, ref.id, now)
  const receiptOf = new Map(items.map((item) => [item.version, item]))
  return {
    state: shown.state,
    postOf: (id) => shown.people[id],
    criteria: shown.criteria,
    entries: shown.timeline.map((entry): HazardEntry => {
      const inLog = receiptOf.get(entry.version)?.inLog
      return {
        eventId: entry.eventId,
        on: entry.on,
        receivedAt: entry.receivedAt,
        title: entry.title,
        post: entry.byPost ?? entry.roleTitle,
        onBehalf: entry.onBehalf,
        ...(entry.leafHash && { leafHash: entry.leafHash }),
        ...(inLog && { inLog: { index: inLog.index, signedAt: inLog.signedAt } }),
      }
    }),
  }
}

/** Everything that stands in a mine's folder, as far as this actor may see it. */
export const gather = async (
  platform: Platform,
  actor: Actor,
  mineId: string,
  { today, tell }: { readonly today: string; readonly tell: Tell },
): Promise<Gathered | undefined> => {
  const { read, rulebook, clock } = platform
  const begun = await read(actor, async (scope) => {
    const mine = await findMine(scope, mineId, today)
    return mine && { mine, majors: await majorsOf(scope, mineId) }
  })
  if (!begun) return undefined
  const { mine, majors } = begun
  const subject: FolderSubject = { mine, today, rulebook }
  const taken = majors.slice(0, mostHazards)
  const of = taken.length + 1
  const chapters: Section[] = []
  let photos = 0
  // A read of its own for each: a long folder holds no snapshot that others would wait for.
  for (const [at, id] of taken.entries()) {
    const given = await read(actor, (scope) =>
      hazardGiven(scope, { tenantId: mineId, id }, { actor, today, rulebook, now: clock.now() }),
    )
    if (given) {
      chapters.push(hazardSection(given))
      photos += photosLeftOut(given.state)
    }
    tell({ step: 'reading', done: at + 1, of })
  }
  const around = async (sources: typeof openingSections) =>
    read(actor, async (scope) => {
      const sections: Section[] = []
      for (const source of sources) sections.push(...(await source(scope, subject)))
      return sections
    })
  const opening = await around(openingSections)
  const closing = await around(closingSections)
  tell({ step: 'reading', done: of, of })
  const majorTitle: Section = {
    level: 1,
    title: '三、重大隐患',
    blocks:
      chapters.length > 0
        ? [{ kind: 'paragraph', text: `共 ${majors.length} 条，未销号的在前。` }]
        : [{ kind: 'missing', text: '没有判定为重大的隐患' }],
  }
  return {
    subject,
    sections: [...opening, majorTitle, ...chapters, ...closing],
    hazards: chapters.length,
    leftOut: [
      ...(majors.length > mostHazards
        ? [`重大隐患 ${majors.length - mostHazards} 条：一份最多收 ${mostHazards} 条，未收的在系统台账里`]
        : []),
      ...(photos > 0 ? [`照片 ${photos} 张：每条隐患整改前后各收两张，其余在系统里`] : []),
    ],
  }
}
