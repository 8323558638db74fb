import { actorOf } from '#demo/actors.ts'
import { companies, companyOf } from '#demo/companies.ts'
import { demoId } from '#demo/demoId.ts'
import { mineRecords } from '#demo/mineRecords.ts'
import { divisionOfMine, type MineCode, mineCodes, mineOf } from '#demo/mines.ts'
import { instantsOf } from '#demo/moments.ts'
import { officesOf } from '#demo/offices.ts'
import { cityCode, organisations } from '#demo/organisations.ts'
import { accountOf, personOf, posts } from '#demo/posts.ts'
import type { Act } from '#demo/stage.ts'
import type { Mine } from '#domain/org/mine.ts'
import { setupActor } from '#server/accounts/setUp.ts'

type Untimed = Omit<Act, 'at'>

const machine = setupActor(cityCode)

const ownStream = (tenant: string) => ({ tenant, stream: demoId(tenant) })

const organisationActs = organisations.map(
  ({ code, value }): Untimed => ({
    name: `organisation/${code}`,
    actor: machine,
    ...ownStream(code),
    act: 'organisation.put',
    body: value,
  }),
)

const companyActs = companies.map(
  ({ code, value }): Untimed => ({
    name: `company/${code}`,
    actor: machine,
    ...ownStream(code),
    act: 'company.put',
    body: value,
  }),
)

const registered = (code: MineCode, as: Partial<Mine>, removed: readonly string[] = []): Mine => {
  const { facts, ...listed } = { ...mineOf(code), ...as }
  return {
    ...listed,
    code,
    companyId: demoId(companyOf(code).code),
    div: divisionOfMine(code),
    facts: Object.fromEntries(Object.entries(facts).filter(([key]) => !removed.includes(key))),
  }
}

const mineAct = (name: string, actor: Act['actor'], code: MineCode, body: Mine): Untimed => ({
  name: `mine/${code}/${name}`,
  actor,
  ...ownStream(code),
  act: 'mine.put',
  body,
})

const inCampaign = '正常生产，属通知第二条整治范围'

/** How three mines stood in May, before what the summer changed; the others stand as they do now. */
const inMay: Partial<Record<MineCode, Mine>> = {
  F04: registered('F04', { facts: { ...mineOf('F04').facts, measuredHaulRoadGradientPct: 9.2 } }, [
    'measuredWorkingSlopeAngleDeg',
    'narrowestWorkingPlatformM',
  ]),
  F05: registered('F05', { status: 'producing', statusNote: undefined, scopeReason: inCampaign }, [
    'singleFaceHeightM',
  ]),
  F08: registered('F08', { statusNote: undefined, facts: { ...mineOf('F08').facts, monitoring: '裂缝计2、雨量1' } }),
}

const mineActs = mineCodes.map((code) => mineAct('registered', machine, code, inMay[code] ?? registered(code, {})))

const personActs = posts.map(
  ({ key, home, title }): Untimed => ({
    name: `person/${key}`,
    actor: machine,
    tenant: home,
    stream: personOf(key),
    act: 'person.put',
    body: { post: title, active: true, ...(officesOf(title).length > 0 && { offices: officesOf(title) }) },
  }),
)

const accountActs = posts
  .filter(({ grants }) => grants.length > 0)
  .map(
    ({ key, home, grants }): Untimed => ({
      name: `account/${key}`,
      actor: machine,
      tenant: home,
      stream: accountOf(key),
      act: 'account.put',
      body: { personId: personOf(key), disabled: false, grants },
    }),
  )

const timed = (day: string, acts: readonly Untimed[]): readonly Act[] => {
  // An afternoon's work at the registry: one entry after the other.
  const start = Date.parse(`2023-${day}T09:04:00+08:00`)
  return acts.map((act, index) => ({ ...act, at: new Date(start + index * 47_000).toISOString() }))
}

/** What must stand before anything can happen: houses, companies, mines, people by post, accounts. */
export const foundation: readonly Act[] = [
  ...timed('05-17', [...organisationActs, ...companyActs, ...mineActs]),
  ...timed('05-18', [...personActs, ...accountActs]),
  ...timed('05-19', mineRecords),
]

const later = (when: string, by: string, act: (actor: Act['actor']) => Untimed): Act => {
  const [at = ''] = instantsOf(`registry/${when}`, [when])
  return { ...act(actorOf(by)), at }
}

/** What the summer changed in the register of mines. */
export const changesOfMines: readonly Act[] = [
  later('06-29', '局/监管员甲', (actor) =>
    mineAct(
      'roadLowered',
      actor,
      'F04',
      registered('F04', {}, ['measuredWorkingSlopeAngleDeg', 'narrowestWorkingPlatformM']),
    ),
  ),
  later('07-29 17:12', '局/监管员甲', (actor) => mineAct('southWallStopped', actor, 'F08', registered('F08', {}))),
  later('08-11', '局/监管员甲', (actor) => mineAct('slopeMeasured', actor, 'F04', registered('F04', {}))),
  later('08-24 17:05', '局/三股股长', (actor) => mineAct('stopped', actor, 'F05', registered('F05', {}))),
]
