import { v5 as uuidv5 } from 'uuid'
import { demoId } from '#demo/demoId.ts'
import { type Everyday, everydayHazards } from '#demo/everyday.ts'
import { townshipCodes, townships } from '#demo/organisations.ts'
import { hashOf, seededRandom } from '#demo/seeded.ts'
import type { SettableClock } from '#demo/settableClock.ts'
import { mustBe } from '#demo/stage.ts'
import type { Actor, Grant } from '#domain/access/actor.ts'
import type { Role } from '#domain/access/role.ts'
import { creditCodeCheckDigit, organisationCheckDigit } from '#domain/creditCode.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import type { Platform } from '#server/platform/platform.ts'

export type BenchSet = {
  readonly mines: number
  readonly hazardsPerMine: number
  readonly seed: number
  /** Mines written at the same time. */
  readonly lanes?: number
}

/** A mine of the bench with those who act in it. */
export type BenchMine = {
  readonly id: string
  readonly code: string
  readonly hazards: readonly string[]
  readonly principal: Actor
  readonly safetyOfficer: Actor
  readonly crewLeader: Actor
}

type Put = {
  readonly tenantId: string
  readonly streamId: string
  readonly act: string
  readonly body: Record<string, unknown>
}

/** F is no assigned registry: no real unit can hold the code. */
const benchCreditCode = (index: number): string => {
  const organisation = `BEN${String(index).padStart(5, '0')}`
  const first17 = `F1140404${organisation}${organisationCheckDigit(organisation)}`
  return first17 + creditCodeCheckDigit(first17)
}

const posts = [
  ['principal', '矿长'],
  ['safetyOfficer', '安全员'],
  ['crewLeader', '采剥班长'],
] as const satisfies readonly (readonly [Role, string])[]

type PostName = (typeof posts)[number][0]

const actorIn = (code: string, role: PostName): Actor => ({
  accountId: demoId(`bench/${code}/account/${role}`),
  personId: demoId(`bench/${code}/person/${role}`),
  homeTenantId: demoId(`bench/${code}`),
  role,
  scope: { kind: 'tenants', ids: [demoId(`bench/${code}`), demoId(`bench/${code}/company`)] },
})

const mineAt = (index: number, hazards: number): BenchMine => {
  const code = `B${String(index).padStart(5, '0')}`
  return {
    id: demoId(`bench/${code}`),
    code,
    hazards: Array.from({ length: hazards }, (_, at) => demoId(`bench/${code}/hazard/${at + 1}`)),
    principal: actorIn(code, 'principal'),
    safetyOfficer: actorIn(code, 'safetyOfficer'),
    crewLeader: actorIn(code, 'crewLeader'),
  }
}

const registering = (mine: BenchMine, index: number): readonly Put[] => {
  const township = townships[index % townships.length] ?? '荫城镇'
  const div = townshipCodes[township]
  const company = demoId(`bench/${mine.code}/company`)
  const own = (id: string) => ({ tenantId: id, streamId: id })
  return [
    {
      ...own(company),
      act: 'company.put',
      body: { name: `演示·测速企业${mine.code}`, creditCode: benchCreditCode(index), div },
    },
    {
      ...own(mine.id),
      act: 'mine.put',
      body: {
        code: mine.code,
        name: `演示·测速矿${mine.code}`,
        companyId: company,
        div,
        township,
        mineType: 'openPit',
        mineral: '建筑石料用灰岩',
        scale: '50万吨/年',
        status: 'producing',
        inScope: true,
        scopeReason: '测速用',
        staffOwn: 20 + (index % 40),
        staffContracted: index % 15,
        facts: { depressed: false, hasWasteDump: false },
      },
    },
    ...posts.flatMap(([role, title]): Put[] => {
      const { accountId, scope } = mine[role]
      const grant: Grant = { role, scope }
      const personId = demoId(`bench/${mine.code}/person/${role}`)
      return [
        { tenantId: mine.id, streamId: personId, act: 'person.put', body: { post: title, active: true } },
        {
          tenantId: mine.id,
          streamId: accountId,
          act: 'account.put',
          body: { personId, disabled: false, grants: [grant] },
        },
      ]
    }),
  ]
}

type Acted = { readonly actor: Actor; readonly act: string; readonly body: Record<string, unknown> }

const lifeOf = (mine: BenchMine, found: Everyday): readonly Acted[] => {
  const { source, place, description, measures } = found
  const responsible = mine.crewLeader.personId
  const checkedBy = mine.safetyOfficer.personId
  const report = { mineId: mine.id, on: found.foundOn, source, place, description }
  const officer = mine.safetyOfficer
  if (found.onTheSpot)
    return [
      {
        actor: mine.crewLeader,
        act: 'reportFixed',
        body: { ...report, responsible, measures, funds: found.fundsFen, checkedBy },
      },
    ]
  const begun: Acted[] = [
    { actor: officer, act: 'report', body: { ...report, suspectedGrade: 'general' } },
    { actor: officer, act: 'judge', body: { on: found.foundOn, outcome: 'general', basis: '不触及重大隐患判定标准' } },
    {
      actor: officer,
      act: 'assign',
      body: {
        on: found.foundOn,
        responsible,
        measures,
        funds: found.fundsFen,
        deadline: found.deadline,
        contingencyPlan: '现场处置',
      },
    },
  ]
  if (found.mendedOn === undefined) return begun
  const on = found.mendedOn
  return [
    ...begun,
    { actor: officer, act: 'accept', body: { on, conclusion: '已按措施整改到位', notPhotographable: true } },
    {
      actor: officer,
      act: 'recheck',
      body: { on, result: 'pass', officers: [checkedBy], findings: '现场核对，整改到位' },
    },
    { actor: mine.principal, act: 'closeOut', body: { on } },
  ]
}

/** As many as asked for, spread over the two years before the demo's day. */
const hazardsOf = (mine: BenchMine, count: number, seed: number): readonly Everyday[] => {
  const random = seededRandom(hashOf(`${seed}/bench/${mine.code}`))
  const found: Everyday[] = []
  while (found.length < count)
    found.push(
      ...everydayHazards(
        {
          from: '2021-09-15',
          to: '2023-09-14',
          until: '2023-09-14',
          perMonth: [4, 8],
          elevationsM: [1012, 1024, 1036, 1048],
        },
        random,
      ),
    )
  return found.slice(0, count).sort((a, b) => a.foundOn.localeCompare(b.foundOn))
}

const commandId = (name: string): string => uuidv5(name, demoId('bench/command'))

/**
 * A district of any size for the benches, by commands alone: `mines` mines with `hazardsPerMine` general hazards each,
 * the same for the same seed. Its records state their own days and are entered on the clock's day. Run it after
 * `populateDemo`, whose installation it needs.
 */
export const populateBench = async (
  platform: Platform,
  clock: SettableClock,
  { mines, hazardsPerMine, seed, lanes = 6 }: BenchSet,
): Promise<readonly BenchMine[]> => {
  const setup = setupActor('1404')
  const run = async (name: string, actor: Actor, put: Put): Promise<void> => {
    mustBe(name, await platform.execute(actor, { id: commandId(name), ...put }))
  }
  const write = async (mine: BenchMine, index: number): Promise<void> => {
    for (const [at, put] of registering(mine, index).entries()) await run(`${mine.code}/registered/${at}`, setup, put)
    for (const [at, found] of hazardsOf(mine, hazardsPerMine, seed).entries()) {
      const streamId = mine.hazards[at]
      if (streamId === undefined) continue
      for (const [step, { actor, act, body }] of lifeOf(mine, found).entries())
        await run(`${mine.code}/${at}/${step}`, actor, { tenantId: mine.id, streamId, act: `hazard.${act}`, body })
    }
  }
  const all = Array.from({ length: mines }, (_, index) => mineAt(index + 1, hazardsPerMine))
  const waiting = [...all.entries()]
  clock.set('2023-09-15T09:00:00+08:00')
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await write(next[1], next[0] + 1)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return all
}
