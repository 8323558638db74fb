import sharp from 'sharp'
import type { Scene } from '#demo/photographs/scenes.ts'
import type { Story } from '#demo/story.ts'

export type Picture = { readonly name: string; readonly mime: 'image/jpeg'; readonly bytes: Buffer }

const take = async (scene: Scene): Promise<Picture> => {
  const bytes = await sharp({ create: { width: 1280, height: 960, channels: 3, background: '#998f80' } })
    .jpeg()
    .toBuffer()
  return { name: `${scene}.jpg`, mime: 'image/jpeg', bytes }
}

/** Every picture the stories show, drawn once. */
export const takePictures = async (stories: readonly Story[]): Promise<ReadonlyMap<Scene, Picture>> => {
  const scenes = [...new Set(stories.flatMap(({ steps }) => steps.flatMap(({ photographs }) => photographs ?? [])))]
  const taken = await Promise.all(scenes.map(async (scene) => [scene, await take(scene)] as const))
  return new Map(taken)
}
