import { f01Stories } from '#demo/hazards/f01.ts'
import { f02Stories } from '#demo/hazards/f02.ts'
import { f03Stories } from '#demo/hazards/f03.ts'
import { f04Stories } from '#demo/hazards/f04.ts'
import { f05Stories } from '#demo/hazards/f05.ts'
import { f07Stories } from '#demo/hazards/f07.ts'
import { f08Stories } from '#demo/hazards/f08.ts'
import { f09Stories } from '#demo/hazards/f09.ts'
import { f10Stories } from '#demo/hazards/f10.ts'
import { watchedStories } from '#demo/hazards/watched.ts'
import type { Story } from '#demo/story.ts'

/** The 25 of the demo, by code. */
export const stories: readonly Story[] = [
  ...f01Stories,
  ...f02Stories,
  ...f03Stories,
  ...f04Stories,
  ...f05Stories,
  ...f07Stories,
  ...f08Stories,
  ...f09Stories,
  ...f10Stories,
  ...watchedStories,
].sort((a, b) => a.code.localeCompare(b.code))
