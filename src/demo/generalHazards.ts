import { type Everyday, everydayHazards } from '#demo/everyday.ts'
import { begun, shortWay } from '#demo/hazards/shortWay.ts'
import { demoInstallation } from '#demo/installation.ts'
import { type MineCode, mineOf } from '#demo/mines.ts'
import { inOrder, perform } from '#demo/performed.ts'
import { hashOf, seededRandom } from '#demo/seeded.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { type Story, story } from '#demo/story.ts'
import type { Platform } from '#server/platform/platform.ts'

/**
 * Who writes hazards down, and how many a month. F05 stops on 2023-08-24. F10 wrote down nothing from May to August,
 * which is what the demo asks it to explain; F06, F11 and F12 lie idle.
 */
const paces: Partial<Record<MineCode, { readonly perMonth: readonly [number, number]; readonly to?: string }>> = {
  F01: { perMonth: [6, 8] },
  F02: { perMonth: [6, 8] },
  F03: { perMonth: [5, 8] },
  F04: { perMonth: [5, 8] },
  F05: { perMonth: [4, 7], to: '2023-08-23' },
  F07: { perMonth: [4, 8] },
  F08: { perMonth: [4, 7] },
  F09: { perMonth: [4, 7] },
}

const benchesOf = (mine: MineCode): readonly number[] => {
  const { topElevationM, bottomElevationM, designBenchHeightM } = mineOf(mine).facts
  if (
    typeof topElevationM !== 'number' ||
    typeof bottomElevationM !== 'number' ||
    typeof designBenchHeightM !== 'number'
  )
    return [1000]
  const steps = Math.floor((topElevationM - bottomElevationM) / designBenchHeightM)
  return Array.from({ length: Math.max(steps, 1) }, (_, index) => bottomElevationM + index * designBenchHeightM)
}

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const monthDay = (date: string): string => date.slice(5)

const basis = '不触及重大隐患判定标准'

const told = (code: string, mine: MineCode, found: Everyday): Story =>
  story(code, mine, (telling) => {
    const { on, who } = telling
    const when = `${monthDay(found.foundOn)} ${clockTime(found.minute)}`
    const { place, description, source, measures, mendedOn } = found
    if (found.onTheSpot)
      return [
        on(when, '采剥班长', 'reportFixed', {
          source: source === 'safetyOfficerCheck' ? 'crewCheck' : source,
          place,
          description,
          responsible: who('采剥班长'),
          measures,
          funds: found.fundsFen,
          checkedBy: who('安全员'),
        }),
      ]
    const general = {
      found: { when: monthDay(found.foundOn), by: '安全员', source },
      place,
      description,
      basis,
      five: {
        responsible: '采剥班长',
        measures,
        fundsFen: found.fundsFen,
        deadline: found.deadline,
        contingencyPlan: '现场处置',
      },
    }
    if (mendedOn === undefined) return begun(telling, general)
    return shortWay(telling, {
      ...general,
      closed: {
        when: monthDay(mendedOn),
        conclusion: '已按措施整改到位',
        acceptedBy: '生产副矿长',
        recheckedBy: '安全员',
        findings: '现场核对，整改到位',
      },
    })
  })

/** What fills the register up to some 240: each stream has its own fixed id, each description its mark. */
export const generalStories = (seed: number): readonly Story[] =>
  (Object.keys(paces) as MineCode[]).flatMap((mine) => {
    const pace = paces[mine]
    if (!pace) return []
    const random = seededRandom(hashOf(`${seed}/${mine}`))
    const until = '2023-09-14'
    const to = pace.to ?? until
    const hazards = everydayHazards(
      { from: '2023-05-19', to, until, perMonth: pace.perMonth, elevationsM: benchesOf(mine) },
      random,
    )
    return hazards.map((found, index) => told(`G${seed}/${mine}/${index + 1}`, mine, found))
  })

/** Off by default: the demo's figures count its own 25. Call after `populateDemo`; the clock ends where the demo stands. */
export const generateGeneralHazards = async (
  platform: Platform,
  clock: SettableClock,
  { seed }: { readonly seed: number },
): Promise<number> => {
  const stories = generalStories(seed)
  for (const performed of inOrder(stories)) await perform(platform, clock, performed, new Map())
  clock.set(demoInstallation.clock)
  return stories.length
}
