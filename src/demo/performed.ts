import { Readable } from 'node:stream'
import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import { instantsOf } from '#demo/moments.ts'
import type { Exposure, Picture } from '#demo/photographs/photograph.ts'
import type { Scene } from '#demo/photographs/scenes.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { enact, mustBe } from '#demo/stage.ts'
import type { Paper, Step, Story } from '#demo/story.ts'
import { registerFile } from '#server/files/queries.ts'
import { readCaptured } from '#server/platform/files/captured.ts'
import type { Platform } from '#server/platform/platform.ts'

/** A step of a story with its instant and its place in the story. */
export type Performed = { readonly story: Story; readonly step: Step; readonly index: number; readonly at: string }

/** All steps of all stories in the order in which they happened. */
export const inOrder = (stories: readonly Story[]): readonly Performed[] =>
  stories
    .flatMap((story) => {
      const instants = instantsOf(
        story.code,
        story.steps.map(({ when }) => when),
      )
      return story.steps.map((step, index) => ({ story, step, index, at: instants[index] ?? '' }))
    })
    .sort((a, b) => a.at.localeCompare(b.at) || a.story.code.localeCompare(b.story.code) || a.index - b.index)

/** The pictures the stories show, taken shortly before the record they go with. */
export const exposuresOf = (performances: readonly Performed[]): readonly Exposure[] =>
  performances.flatMap(({ step, at }) => (step.photographs ?? []).map((scene) => ({ scene, at })))

export type Pictures = ReadonlyMap<Scene, Picture>

/** Uploaded before the record that refers to it is saved: recognised, kept and registered as the upload route does. */
const upload = async (
  { files, pool, clock }: Platform,
  { story, step }: Performed,
  { name, mime, bytes }: { readonly name: string; readonly mime: string; readonly bytes: Buffer },
): Promise<string> => {
  const what = `${story.code} ${name}`
  const kept = mustBe(what, await files.put(Readable.from([bytes]), { fileName: name, mime }))
  const captured = kept.kind === 'photo' ? await readCaptured(files.pathOf(kept.sha256)) : undefined
  const capturedAt = captured?.capturedAt
  const file = { ...kept, name, tenantId: demoId(story.register), ...(capturedAt && { capturedAt }) }
  const registered = await registerFile(pool, actorOf(step.by), file, clock.now())
  if (registered !== 'registered') throw new Error(`demo: ${what} has no register`)
  return kept.sha256
}

const paperFile = ({ name, text }: Paper) => ({ name, mime: 'text/plain', bytes: Buffer.from(text, 'utf8') })

export const perform = async (
  platform: Platform,
  clock: SettableClock,
  performed: Performed,
  pictures: Pictures,
): Promise<void> => {
  const { story, step, index, at } = performed
  clock.set(at)
  const photos: string[] = []
  for (const scene of step.photographs ?? []) {
    const picture = pictures.get(scene)
    if (!picture) throw new RangeError(`no picture of ${scene}`)
    photos.push(await upload(platform, performed, picture))
  }
  const files: string[] = []
  for (const paper of step.papers ?? []) files.push(await upload(platform, performed, paperFile(paper)))
  const begins = step.act === 'report' || step.act === 'reportFixed'
  await enact(platform, clock, {
    name: `${story.code}/${index}/${step.act}`,
    at,
    actor: actorOf(step.by),
    tenant: story.register,
    stream: demoId(story.code),
    act: `hazard.${step.act}`,
    body: {
      ...step.body,
      ...(begins && { mineId: demoId(story.mine) }),
      ...(photos.length > 0 && { photos }),
      ...(files.length > 0 && { files }),
    },
  })
}
