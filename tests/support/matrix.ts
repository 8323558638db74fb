import { v7 as uuidv7 } from 'uuid'
import { putMineUnit } from '#contract/mineUnit.ts'
import { putPerson } from '#contract/org.ts'
import { printPaper } from '#contract/paper.ts'
import { putPermit } from '#contract/permit.ts'
import { recordPresence } from '#contract/presence.ts'
import type { Route } from '#contract/route.ts'
import { columnKeys } from '#domain/register/columns.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { presenceDayId } from '#server/presence/dayId.ts'
import {
  type DistrictIds,
  divisions,
  granted,
  mineValue,
  names,
  newHazard,
  type Person,
  type TestServer,
} from '#tests/support/district.ts'
import { take } from '#tests/support/importing.ts'
import { setUpPerson } from '#tests/support/setUpPerson.ts'
import { uploaded } from '#tests/support/upload.ts'

export type TenantName = 'mine' | 'sibling' | 'foreign' | 'bureau' | 'otherBureau'
export const tenantNames = ['mine', 'sibling', 'foreign', 'bureau', 'otherBureau'] as const satisfies TenantName[]

/** What lies in one tenant: one of everything, and every text by which it would be known if it came out elsewhere. */
export type Belongings = {
  readonly name: TenantName
  readonly tenantId: string
  readonly div: string
  readonly hazardId: string
  readonly personId: string
  readonly accountId: string
  readonly sha256: string
  readonly importId: string
  /** Of a mine; elsewhere an id that nothing has. */
  readonly unitId: string
  readonly permitId: string
  readonly presenceId: string
  readonly secrets: readonly string[]
}

const reporters = {
  mine: ['safetyOfficer', 'safetyOfficerCheck'],
  sibling: ['siblingPrincipal', 'principalCheck'],
  foreign: ['foreignPrincipal', 'principalCheck'],
  bureau: ['regulator', 'publicReport'],
  otherBureau: ['foreignRegulator', 'publicReport'],
} as const

const keepers = {
  mine: 'safetyOfficer',
  sibling: 'siblingPrincipal',
  foreign: 'foreignPrincipal',
  bureau: 'regulator',
  otherBureau: 'foreignRegulator',
} as const

const mineOf = (ids: DistrictIds, name: TenantName): string =>
  name === 'bureau' ? ids.mine : name === 'otherBureau' ? ids.foreign : ids[name]

const isMine = (name: TenantName): boolean => name !== 'bureau' && name !== 'otherBureau'

type OfMine = {
  readonly ids: Pick<Belongings, 'unitId' | 'permitId' | 'presenceId'>
  readonly secrets: readonly string[]
}

const noMine: OfMine = { ids: { unitId: uuidv7(), permitId: uuidv7(), presenceId: uuidv7() }, secrets: [] }

/** A crew, a permit and a day of a key person at the mine. */
const furnishMine = async (keeper: Person, name: TenantName, mineId: string, personId: string): Promise<OfMine> => {
  const [unitId, permitId] = [uuidv7(), uuidv7()]
  const entered = <T>(value: T) => ({ commandId: uuidv7(), value })
  const unit = { kind: 'crew' as const, name: `只属于${name}的班组`, headCount: 3, active: true }
  granted(await keeper.call(putMineUnit, { params: { mineId, id: unitId }, body: entered(unit) }))
  const permit = { kind: 'safetyPermit', number: `只属于${name}的证号`, issuer: `只属于${name}的发证机关` }
  granted(await keeper.call(putPermit, { params: { mineId, id: permitId }, body: entered(permit) }))
  const holds = { post: `只属于${name}的岗位`, active: true, offices: ['legalRepresentative' as const] }
  granted(await keeper.call(putPerson, { params: { tenantId: mineId, id: personId }, body: entered(holds) }))
  const day = { commandId: uuidv7(), personId, on: '2023-07-02', matters: `只属于${name}的驻矿事项` }
  granted(await keeper.call(recordPresence, { params: { mineId }, body: day }))
  const presenceId = presenceDayId(mineId, personId, day.on)
  return {
    ids: { unitId, permitId, presenceId },
    secrets: [unitId, permitId, presenceId, unit.name, permit.number, permit.issuer, day.matters],
  }
}

/** One hazard, one person, one account that nobody uses, one file in every tenant. */
export const furnish = async (server: TestServer): Promise<Readonly<Record<TenantName, Belongings>>> => {
  const one = async (name: TenantName, index: number): Promise<Belongings> => {
    const tenantId = server.ids[name]
    const [reporter, source] = reporters[name]
    const place = newHazard(tenantId)
    const description = `只属于${name}的描述`
    await server.as(reporter).does(place, 'report', {
      mineId: mineOf(server.ids, name),
      source,
      place: `只属于${name}的部位`,
      description,
    })
    const { state } = await server.as(reporter).sees(place)
    const kept = await setUpPerson(server.platform, tenantId, {
      post: `只属于${name}的岗位`,
      name: `暗${name}`,
      phone: `1390000000${index}`,
    })
    const login = `只属于${name}的账号名`
    const signsIn = await setCredentialsOf(server.platform, setupActor('1404'), {
      tenantId,
      accountId: kept.accountId,
      login,
      password: '一句自己记得住的话',
    })
    if (!signsIn.ok) throw new Error(JSON.stringify(signsIn.refusal))
    const importId = uuidv7()
    const keeper = server.as(keepers[name])
    const ofMine = isMine(name) ? await furnishMine(keeper, name, tenantId, kept.personId) : noMine
    const list = {
      bytes: new TextEncoder().encode(`岗位,姓名\n只属于${name}的导入岗位,隐${name}`),
      fileName: '名单.csv',
    }
    granted(await take(keeper, list, { kind: 'people', importId, tenantId }))
    // Only a mine prints papers; it bears the hazard's own number here, so that the routes below find it.
    if (name === 'mine' || name === 'sibling' || name === 'foreign')
      granted(
        await keeper.call(printPaper, {
          params: { tenantId, id: place.id },
          body: { kind: 'crewCard', crew: `只属于${name}的班组`, on: '2023-07-03' },
        }),
      )
    const fileName = `只属于${name}.jpg`
    const sha256 = await uploaded(server.baseUrl, server.as(reporter), tenantId, await jpegPhoto(40 + index, 30), {
      name: fileName,
      type: 'image/jpeg',
    })
    return {
      name,
      tenantId,
      div: divisions[name],
      hazardId: place.id,
      ...kept,
      sha256,
      importId,
      ...ofMine.ids,
      secrets: [
        ...ofMine.secrets,
        tenantId,
        names[name],
        place.id,
        ...(name === 'foreign' ? [names.otherCompany, server.ids.otherCompany] : []),
        // Every bureau counts its own from one.
        ...(source === 'publicReport' ? [] : [state.number]),
        description,
        `只属于${name}的部位`,
        kept.personId,
        kept.accountId,
        `只属于${name}的岗位`,
        importId,
        `只属于${name}的导入岗位`,
        `只属于${name}的班组`,
        login,
        `暗${name}`,
        `1390000000${index}`,
        sha256,
        fileName,
      ],
    }
  }
  const all = await Promise.all(tenantNames.map((name, index) => one(name, index)))
  const [mine, sibling, foreign, bureau, otherBureau] = all
  if (!mine || !sibling || !foreign || !bureau || !otherBureau) throw new Error('a tenant was not furnished')
  return { mine, sibling, foreign, bureau, otherBureau }
}

export type Call = { readonly method: string; readonly path: string; readonly body?: unknown; readonly form?: FormData }

const everyColumnKey = columnKeys.join(',')

const afterLast = (id: string): string => Buffer.from(JSON.stringify(['2099-01-01', id])).toString('base64url')

/** What a register's own routes are called with: every house of the district, whatever the target. */
const everyHouse = (kind: string, ids: DistrictIds, ...ends: readonly string[]): readonly string[] =>
  Object.values(ids).flatMap((id) => ends.map((end) => `/api/${kind}/${id}${end}`))

const command = (value: unknown) => ({ commandId: uuidv7(), value })

const photoForm = (): FormData => {
  const form = new FormData()
  form.set('file', new File(['一行字'], '记录.txt', { type: 'text/plain' }))
  return form
}

const importForm = (settings: Readonly<Record<string, unknown>>, list: string): FormData => {
  const form = new FormData()
  form.set('settings', JSON.stringify({ importId: uuidv7(), ...settings }))
  form.set('file', new File([list], '名单.csv', { type: 'text/csv' }))
  return form
}

/** Every mine by its code, with nothing of what it is; somebody by name in each of them. */
const minesList = ['编号,矿山名称', 'T01,甲', 'T02,乙', 'P01,丙'].join('\n')
const hazardsList = ['矿山编号,发现日期,隐患描述', 'T01,2023-07-03,甲', 'T02,2023-07-03,乙', 'P01,2023-07-03,丙'].join(
  '\n',
)
const peopleList = ['矿山编号,岗位,姓名', 'T01,司机,甲', 'T02,司机,乙', 'P01,司机,丙'].join('\n')

/**
 * How each route of the contract is called against a tenant, in every way that could reach into it. A route that is not
 * here fails the matrix: whoever adds a route says here how it could leak.
 */
export const callsOf = (
  { method, path }: Pick<Route, 'method' | 'path'>,
  target: Belongings,
  server: TestServer,
): readonly Call[] | undefined => {
  const { tenantId, hazardId, personId, accountId, sha256, importId, unitId, permitId, presenceId, name } = target
  const { ids } = server
  const mineId = mineOf(ids, name)
  const which = name === 'bureau' ? 'mine' : name === 'otherBureau' ? 'foreign' : name
  const report = (into: string) => ({
    method,
    path: `/api/hazards/${into}/${uuidv7()}/acts/report`,
    body: { commandId: uuidv7(), body: { mineId, source: 'principalCheck', description: '探' } },
  })
  const get = (...paths: string[]): readonly Call[] => paths.map((one) => ({ method, path: one }))
  const put = (to: string, body: unknown): readonly Call[] => [{ method, path: to, body }]
  const inTenant = `/api/tenants/${tenantId}`
  const table: Readonly<Record<string, () => readonly Call[]>> = {
    'GET /api/app': () => get('/api/app'),
    'POST /api/session': () => put('/api/session', { login: '没有这个人', password: '没有这个密码' }),
    'GET /api/session': () => get('/api/session'),
    'PUT /api/session': () => put('/api/session', { grant: 0 }),
    'DELETE /api/session': () => get('/api/session'),
    'POST /api/setup': () =>
      put('/api/setup', { bureauName: '某局', div: '140404', login: '某人', password: '一句很长的话', code: '不对' }),
    'GET /api/mines': () => get('/api/mines?limit=200', `/api/mines?search=${encodeURIComponent(names[name])}`),
    'GET /api/mines/:id': () => get(`/api/mines/${tenantId}`, `/api/mines/${mineId}`),
    'GET /api/mine-facts': () => get('/api/mine-facts'),
    'GET /api/mines/:id/facts': () => get(...everyHouse('mines', ids, '/facts')),
    'GET /api/mines/:id/history': () => get(...everyHouse('mines', ids, '/history', '/history?limit=1')),
    'PUT /api/mines/:id': () => put(`/api/mines/${mineId}`, command(mineValue(ids, which))),
    'GET /api/tenants': () => get('/api/tenants?limit=200', `/api/tenants?search=${encodeURIComponent(names[name])}`),
    'GET /api/tenants/:tenantId': () => get(inTenant),
    'GET /api/companies': () =>
      get('/api/companies?limit=200', `/api/companies?search=${encodeURIComponent(names.otherCompany)}`),
    'GET /api/companies/:id': () => get(...everyHouse('companies', ids, '')),
    'PUT /api/companies/:id': () =>
      put(
        `/api/companies/${tenantId}`,
        command({ name: '占', creditCode: 'F1140404DEM0000143', div: target.div.slice(0, 6) }),
      ),
    'GET /api/organisations': () =>
      get('/api/organisations?limit=200', `/api/organisations?search=${encodeURIComponent(names[name])}`),
    'GET /api/organisations/:id': () => get(...everyHouse('organisations', ids, '')),
    'PUT /api/organisations/:id': () =>
      put(`/api/organisations/${tenantId}`, command({ kind: 'districtBureau', name: names[name], div: target.div })),
    'GET /api/tenants/:tenantId/people': () => get(`${inTenant}/people`),
    'PUT /api/tenants/:tenantId/people/:id': () => [
      ...put(`${inTenant}/people/${uuidv7()}`, command({ post: '新岗位', active: true })),
      ...put(`${inTenant}/people/${personId}`, command({ post: `只属于${name}的岗位`, active: true })),
    ],
    'POST /api/tenants/:tenantId/people/:id/reveal': () =>
      put(`${inTenant}/people/${personId}/reveal`, { commandId: uuidv7(), reason: '想看一看' }),
    'POST /api/tenants/:tenantId/people/:id/erase': () =>
      put(`${inTenant}/people/${personId}/erase`, { commandId: uuidv7(), ground: 'keptLongEnough' }),
    'GET /api/mines/:mineId/units': () => get(...everyHouse('mines', ids, '/units')),
    'PUT /api/mines/:mineId/units/:id': () =>
      [uuidv7(), unitId].flatMap((id) =>
        put(`/api/mines/${tenantId}/units/${id}`, command({ kind: 'crew', name: '探', headCount: 1, active: true })),
      ),
    'GET /api/permit-kinds': () => get('/api/permit-kinds'),
    'GET /api/permits': () =>
      get(
        '/api/permits?limit=200',
        `/api/permits?mineId=${tenantId}`,
        `/api/permits?search=${encodeURIComponent(`只属于${name}`)}`,
      ),
    'GET /api/permits/unregistered': () =>
      get('/api/permits/unregistered?limit=200', `/api/permits/unregistered?mineId=${tenantId}`),
    'PUT /api/mines/:mineId/permits/:id': () =>
      [uuidv7(), permitId].flatMap((id) =>
        put(`/api/mines/${tenantId}/permits/${id}`, command({ kind: 'safetyPermit', number: '探', issuer: '探' })),
      ),
    'GET /api/companies/:id/history': () => get(...everyHouse('companies', ids, '/history')),
    'GET /api/tenants/:tenantId/people/:id/history': () => get(`${inTenant}/people/${personId}/history`),
    'GET /api/mines/:mineId/units/:id/history': () =>
      isMine(name) ? get(`/api/mines/${tenantId}/units/${unitId}/history`) : [],
    'GET /api/mines/:mineId/permits/:id/history': () =>
      isMine(name) ? get(`/api/mines/${tenantId}/permits/${permitId}/history`) : [],
    'GET /api/presence': () =>
      get(
        '/api/presence?limit=200&month=2023-07',
        `/api/presence?missing=true&search=${encodeURIComponent(names[name])}`,
      ),
    'GET /api/presence/:mineId/:month': () => get(...everyHouse('presence', ids, '/2023-07')),
    'POST /api/presence/:mineId/days': () =>
      put(`/api/presence/${tenantId}/days`, { commandId: uuidv7(), personId, on: '2023-07-01', matters: '探' }),
    'POST /api/presence/:mineId/days/:id/correct': () =>
      put(`/api/presence/${tenantId}/days/${presenceId}/correct`, {
        commandId: uuidv7(),
        matters: `只属于${name}的驻矿事项`,
        reason: '探',
      }),
    'POST /api/presence/:mineId/days/:id/withdraw': () =>
      put(`/api/presence/${tenantId}/days/${presenceId}/withdraw`, { commandId: uuidv7(), reason: '探' }),
    'GET /api/accounts': () =>
      get('/api/accounts?limit=200', `/api/accounts?search=${encodeURIComponent(`只属于${name}`)}`),
    'GET /api/tenants/:tenantId/accounts/:id': () => get(`${inTenant}/accounts/${accountId}`),
    'PUT /api/tenants/:tenantId/accounts/:id': () =>
      put(
        `${inTenant}/accounts/${accountId}`,
        command({ disabled: false, grants: [{ role: 'worker', scope: { kind: 'tenants', ids: [tenantId] } }] }),
      ),
    'PUT /api/tenants/:tenantId/accounts/:id/credentials': () =>
      put(`${inTenant}/accounts/${accountId}/credentials`, {
        login: `账号${uuidv7()}`,
        password: '一句自己记得住的话',
      }),
    'GET /api/hazards': () =>
      get(
        `/api/hazards?mineId=${mineId}`,
        `/api/hazards?search=${encodeURIComponent(`只属于${name}`)}`,
        ...(name === 'mine' ? ['/api/hazards?limit=200', `/api/hazards?after=${afterLast(hazardId)}`] : []),
      ),
    'GET /api/register': () =>
      get(
        `/api/register?mineId=${mineId}&columns=${everyColumnKey}`,
        `/api/register?search=${encodeURIComponent(`只属于${name}`)}`,
        `/api/register?division=${target.div}&sort=mine`,
        `/api/register?asOf=2099-01-01&sort=number&limit=200`,
        ...(name === 'mine' ? ['/api/register?limit=200', `/api/register?after=${afterLast(hazardId)}`] : []),
      ),
    'GET /api/register/total': () => get(`/api/register/total?search=${encodeURIComponent(`只属于${name}`)}`),
    'GET /api/register/units': () =>
      get('/api/register/units?limit=200', `/api/register/units?search=${encodeURIComponent(names[name])}`),
    'GET /api/register/views': () => get('/api/register/views'),
    'PUT /api/register/views/:id': () =>
      put(`/api/register/views/${uuidv7()}`, {
        name: `视图${uuidv7().slice(-8)}`,
        columns: ['number'],
        // It comes back as it was sent; an id in it would look like one that came out.
        filter: { grade: 'major' },
        sort: 'found',
        descending: true,
      }),
    'DELETE /api/register/views/:id': () => get(`/api/register/views/${uuidv7()}`),
    'POST /api/register/exports': () =>
      [{ mineId }, { search: `只属于${name}` }, { division: target.div }].map((filter) => ({
        method,
        path: '/api/register/exports',
        body: { commandId: uuidv7(), format: 'csv', columns: ['number', 'place', 'description', 'mineName'], filter },
      })),
    'GET /api/register/exports/:id': () => get(`/api/register/exports/${uuidv7()}`),
    'GET /api/statistics': () =>
      get(
        '/api/statistics',
        // The reply says by what it was narrowed, so a mine's id would come back to whoever sent it.
        '/api/statistics?by=month',
        `/api/statistics?division=${target.div}&by=division`,
      ),
    'GET /api/statistics/workbook': () => get(`/api/statistics/workbook?mineId=${mineId}`),
    'GET /api/hazards/:tenantId/:id': () => get(`/api/hazards/${tenantId}/${hazardId}`),
    'GET /api/hazards/:tenantId/:id/repeats': () => get(`/api/hazards/${tenantId}/${hazardId}/repeats`),
    'GET /api/hazard-numbers': () => get('/api/hazard-numbers', `/api/hazard-numbers?mineId=${mineId}`),
    'GET /api/hazard-numbers/hazards': () =>
      ['missing', 'doubled', 'numbered'].flatMap((standing) =>
        get(
          `/api/hazard-numbers/hazards?system=${encodeURIComponent('省系统')}&standing=${standing}&mineId=${mineId}&limit=200`,
        ),
      ),
    'POST /api/hazard-numbers/compare': () =>
      [{}, { mineId }].map((more) => ({
        method,
        path,
        form: importForm({ system: '省系统', ...more }, `编号,隐患描述,发现日期\n1,只属于${name}的描述,2023-07-03`),
      })),
    'POST /api/hazards/:tenantId/:id/acts/:act': () => [
      ...put(`/api/hazards/${tenantId}/${hazardId}/acts/control`, {
        commandId: uuidv7(),
        body: { where: '探', scope: 'none' },
      }),
      report(tenantId),
      ...put(`/api/hazards/${tenantId}/${hazardId}/acts/merge`, {
        commandId: uuidv7(),
        body: { other: hazardId, reason: '探' },
      }),
    ],
    'POST /api/tenants/:tenantId/files': () => [{ method, path: `${inTenant}/files`, form: photoForm() }],
    'GET /api/tenants/:tenantId/files/:sha256/:form': () =>
      get(`${inTenant}/files/${sha256}/original`, `${inTenant}/files/${sha256}/thumb`),
    'POST /api/imports/plan': () => [
      { method, path, form: importForm({ kind: 'mines' }, minesList) },
      { method, path, form: importForm({ kind: 'people' }, peopleList) },
      { method, path, form: importForm({ kind: 'hazards' }, hazardsList) },
      ...[ids.mine, ids.foreign, ids.otherBureau].map((into) => ({
        method,
        path,
        form: importForm({ kind: 'people', tenantId: into }, '岗位,姓名\n司机,甲'),
      })),
    ],
    'POST /api/imports/marked': () => [{ method, path, form: importForm({ kind: 'people' }, peopleList) }],
    'POST /api/imports': () =>
      [ids.mine, ids.sibling, ids.foreign].map((into) => ({
        method,
        path,
        form: importForm({ kind: 'people', tenantId: into, commandId: uuidv7(), take: 'good' }, '岗位,姓名\n司机,甲'),
      })),
    'GET /api/imports/templates/:kind': () => get('/api/imports/templates/people', '/api/imports/templates/mines'),
    'GET /api/imports': () => get('/api/imports?limit=200'),
    'GET /api/imports/:tenantId/:id': () => get(`/api/imports/${tenantId}/${importId}`),
    'GET /api/imports/:tenantId/:id/rows': () => get(`/api/imports/${tenantId}/${importId}/rows`),
    'GET /api/self-checks': () =>
      get(
        '/api/self-checks?limit=200',
        `/api/self-checks?mineId=${mineId}`,
        `/api/self-checks?search=${encodeURIComponent(names[name])}`,
      ),
    'GET /api/self-checks/:mineId/:month': () => get(`/api/self-checks/${mineId}/2023-07`),
    'POST /api/self-checks/:mineId/:month/answers': () =>
      put(`/api/self-checks/${mineId}/2023-07/answers`, {
        answers: [
          { id: uuidv7(), item: 'OP-03-1', outcome: 'bad', note: '探', seq: 9, answeredAt: '2023-07-03T02:00:00.000Z' },
        ],
      }),
    'POST /api/self-checks/:mineId/:month/hand-over': () =>
      put(`/api/self-checks/${mineId}/2023-07/hand-over`, { commandId: uuidv7(), to: personId }),
    'POST /api/self-checks/:mineId/:month/submit': () =>
      put(`/api/self-checks/${mineId}/2023-07/submit`, { commandId: uuidv7(), seen: '探' }),
    'POST /api/self-checks/:mineId/:month/sign': () =>
      put(`/api/self-checks/${mineId}/2023-07/sign`, { commandId: uuidv7(), submission: 1, ledInPerson: true }),
    'GET /api/before-signing': () => get('/api/before-signing'),
    // Where it is allowed a document is set, which takes longest of all: asked of those houses that hardly anybody reaches.
    'POST /api/mines/:mineId/inspection-folder': () =>
      name === 'foreign' || name === 'otherBureau'
        ? put(`/api/mines/${tenantId}/inspection-folder`, { commandId: uuidv7(), folderId: uuidv7() })
        : [],
    'GET /api/mines/:mineId/crew-card': () => get(...everyHouse('mines', ids, '/crew-card')),
    'GET /api/mines/:mineId/crew-meetings': () => get(...everyHouse('mines', ids, '/crew-meetings')),
    'POST /api/mines/:mineId/crew-meetings/:id': () =>
      put(`/api/mines/${tenantId}/crew-meetings/${uuidv7()}`, {
        commandId: uuidv7(),
        crew: '探',
        present: 1,
        photos: [sha256],
      }),
    'PUT /api/tenants/:tenantId/papers/:id': () =>
      put(`${inTenant}/papers/${uuidv7()}`, {
        kind: 'hazardAct',
        hazardId,
        act: 'accept',
        body: { conclusion: '探', notPhotographable: true },
      }),
    'GET /api/tenants/:tenantId/papers/:id': () => get(`${inTenant}/papers/${hazardId}`),
    'POST /api/tenants/:tenantId/papers/:id/photo': () =>
      put(`${inTenant}/papers/${hazardId}/photo`, { photos: [sha256] }),
    'GET /api/mines/:mineId/board': () => get(...everyHouse('mines', ids, '/board')),
    'POST /api/mines/:mineId/board/print': () =>
      put(`/api/mines/${tenantId}/board/print`, { commandId: uuidv7(), digest: '0'.repeat(64) }),
    'POST /api/mines/:mineId/board/post': () =>
      put(`/api/mines/${tenantId}/board/post`, { commandId: uuidv7(), where: '探' }),
    'POST /api/mines/:mineId/board/publish': () =>
      put(`/api/mines/${tenantId}/board/publish`, { commandId: uuidv7(), reference: '探〔2023〕1 号' }),
    'POST /api/mines/:mineId/board/withdraw': () =>
      put(`/api/mines/${tenantId}/board/withdraw`, { commandId: uuidv7(), reason: '探' }),
    'GET /api/home': () => get('/api/home'),
    'GET /api/mine-map': () => get('/api/mine-map'),
    'GET /api/my-record': () => get('/api/my-record', '/api/my-record?month=2023-07'),
    'GET /api/my-record/workbook': () => get('/api/my-record/workbook?from=2023-07&until=2023-07'),
    'GET /api/handovers': () => get('/api/handovers?limit=200'),
    'GET /api/handovers/open-items': () =>
      get('/api/handovers/open-items', `/api/handovers/open-items?personId=${personId}`),
    'GET /api/handovers/:tenantId/:id': () => get(...everyHouse('handovers', ids, `/${hazardId}`)),
    'POST /api/handovers/:tenantId/:id/give': () =>
      put(`/api/handovers/${tenantId}/${uuidv7()}/give`, {
        commandId: uuidv7(),
        from: personId,
        to: server.as('principal').personId,
        items: [],
      }),
    'POST /api/handovers/:tenantId/:id/take': () =>
      put(`/api/handovers/${tenantId}/${hazardId}/take`, { commandId: uuidv7() }),
    'POST /api/handovers/:tenantId/:id/withdraw': () =>
      put(`/api/handovers/${tenantId}/${hazardId}/withdraw`, { commandId: uuidv7(), reason: '探' }),
    'GET /api/notice': () => get('/api/notice'),
    'GET /api/criteria': () => get('/api/criteria', `/api/criteria?mineId=${mineId}`),
    'GET /api/life-cycle': () => get('/api/life-cycle'),
    'GET /api/ledger': () => get('/api/ledger'),
    'GET /api/ledger/checkpoints': () => get('/api/ledger/checkpoints', '/api/ledger/checkpoints?limit=1'),
    'GET /api/ledger/receipts/:tenantId/:streamId': () => get(`/api/ledger/receipts/${tenantId}/${hazardId}`),
    'GET /api/ledger/proofs/:tenantId/:streamId/:version': () =>
      get(`/api/ledger/proofs/${tenantId}/${hazardId}/1`, `/api/ledger/proofs/${tenantId}/${hazardId}/1?show=outline`),
  }
  return table[`${method} ${path}`]?.()
}

/** Where a mine's own tenant is named in the path of a route, or a mine reached through its tenant. */
export const aimsAtTenant = ({ path }: Pick<Route, 'path'>): boolean =>
  path.includes(':') && !path.endsWith('/:kind') && !path.startsWith('/api/register/')
