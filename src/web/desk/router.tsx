import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { numberStandings } from '#contract/hazardNumbers.ts'
import { importOutcomes } from '#contract/importing.ts'
import { shownParts } from '#contract/ledger.ts'
import { sheetStandings } from '#contract/selfCheck.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { importKindNames } from '#domain/importing/kinds/kinds.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { mineFigureNames } from '#domain/org/mineFigures.ts'
import { permitStandingNames } from '#domain/org/permit.ts'
import { month } from '#domain/selfCheck/month.ts'
import { groupings } from '#domain/statistics/figures.ts'
import { Broken } from '#web/desk/frame/Broken.tsx'
import { Frame } from '#web/desk/frame/Frame.tsx'
import { NotFound } from '#web/desk/frame/NotFound.tsx'
import { asTexts, registerAddress } from '#web/desk/register/address.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('#web/desk/home/HomePage.tsx'), 'HomePage'),
})

/** What an address may carry; anything else is dropped, never an error page. */
const lenient = <S extends z.ZodRawShape>(shape: S) => {
  const schema = z.object(shape)
  return (search: Record<string, unknown>): z.output<typeof schema> => {
    const whole = schema.safeParse(search)
    if (whole.success) return whole.data
    const bad = new Set(whole.error.issues.map(({ path }) => String(path[0])))
    return schema.parse(Object.fromEntries(Object.entries(search).filter(([name]) => !bad.has(name))))
  }
}

const names = <T extends object>(titles: T) => Object.keys(titles) as (keyof T & string)[]

const mines = createRoute({
  getParentRoute: () => root,
  path: '/mines',
  validateSearch: lenient({
    search: z.string().optional(),
    status: z.enum(names(mineStatuses)).optional(),
    mineType: z.enum(names(mineTypes)).optional(),
    figure: z.enum(mineFigureNames).optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/mine/MineListPage.tsx'), 'MineListPage'),
})

const newMine = createRoute({
  getParentRoute: () => root,
  path: '/mines/new',
  validateSearch: lenient({ companyId: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/mine/MineFormPage.tsx'), 'NewMinePage'),
})

const mine = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id',
  component: lazyRouteComponent(() => import('#web/desk/mine/MinePage.tsx'), 'MinePage'),
})

const editMine = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/edit',
  component: lazyRouteComponent(() => import('#web/desk/mine/MineFormPage.tsx'), 'EditMinePage'),
})

const board = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/board',
  component: lazyRouteComponent(() => import('#web/desk/board/BoardPage.tsx'), 'BoardPage'),
})

const papers = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/papers',
  component: lazyRouteComponent(() => import('#web/desk/paper/PapersPage.tsx'), 'PapersPage'),
})

const crewCard = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/crew-card',
  component: lazyRouteComponent(() => import('#web/desk/paper/CrewCardPage.tsx'), 'CrewCardPage'),
})

const registerPrint = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/register-print',
  component: lazyRouteComponent(() => import('#web/desk/paper/RegisterPrintPage.tsx'), 'RegisterPrintPage'),
})

const signPaper = createRoute({
  getParentRoute: () => root,
  path: '/papers/$tenantId/$id',
  component: lazyRouteComponent(() => import('#web/desk/paper/SignPaperPage.tsx'), 'SignPaperPage'),
})

const minePresence = createRoute({
  getParentRoute: () => root,
  path: '/mines/$id/presence',
  validateSearch: lenient({ month: month.optional() }),
  component: lazyRouteComponent(() => import('#web/desk/presence/PresencePage.tsx'), 'PresencePage'),
})

const presence = createRoute({
  getParentRoute: () => root,
  path: '/presence',
  validateSearch: lenient({
    month: month.optional(),
    missing: z.boolean().optional(),
    search: z.string().optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/presence/PresenceListPage.tsx'), 'PresenceListPage'),
})

const permits = createRoute({
  getParentRoute: () => root,
  path: '/permits',
  validateSearch: lenient({
    standing: z.enum(permitStandingNames).optional(),
    kind: z.string().optional(),
    search: z.string().optional(),
    unregistered: z.boolean().optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/permit/PermitListPage.tsx'), 'PermitListPage'),
})

const companies = createRoute({
  getParentRoute: () => root,
  path: '/companies',
  component: lazyRouteComponent(() => import('#web/desk/mine/CompanyListPage.tsx'), 'CompanyListPage'),
})

const newCompany = createRoute({
  getParentRoute: () => root,
  path: '/companies/new',
  component: lazyRouteComponent(() => import('#web/desk/mine/CompanyFormPage.tsx'), 'NewCompanyPage'),
})

const company = createRoute({
  getParentRoute: () => root,
  path: '/companies/$id',
  component: lazyRouteComponent(() => import('#web/desk/mine/CompanyFormPage.tsx'), 'CompanyPage'),
})

const organisations = createRoute({
  getParentRoute: () => root,
  path: '/organisations',
  component: lazyRouteComponent(() => import('#web/desk/org/OrganisationListPage.tsx'), 'OrganisationListPage'),
})

const newOrganisation = createRoute({
  getParentRoute: () => root,
  path: '/organisations/new',
  component: lazyRouteComponent(() => import('#web/desk/org/OrganisationFormPage.tsx'), 'NewOrganisationPage'),
})

const organisation = createRoute({
  getParentRoute: () => root,
  path: '/organisations/$id',
  component: lazyRouteComponent(() => import('#web/desk/org/OrganisationFormPage.tsx'), 'OrganisationPage'),
})

const readRegisterAddress = lenient(registerAddress)

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: (search: Record<string, unknown>) => readRegisterAddress(asTexts(search)),
  component: lazyRouteComponent(() => import('#web/desk/register/RegisterPage.tsx'), 'RegisterPage'),
})

/** Where the list of hazards was: bookmarks and sent addresses go on to the register, with what they were narrowed by. */
const hazards = createRoute({
  getParentRoute: () => root,
  path: '/hazards',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/register', search: readRegisterAddress(asTexts(search)), replace: true })
  },
})

const statistics = createRoute({
  getParentRoute: () => root,
  path: '/statistics',
  validateSearch: lenient({
    asOf: calendarDate().optional(),
    from: calendarDate().optional(),
    to: calendarDate().optional(),
    by: z.enum(groupings).optional(),
    foundBy: z.enum(['mine', 'department']).optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/statistics/StatisticsPage.tsx'), 'StatisticsPage'),
})

const reportHazard = createRoute({
  getParentRoute: () => root,
  path: '/hazards/report',
  validateSearch: lenient({ mineId: z.string().optional(), fixed: z.boolean().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/hazard/report/ReportPage.tsx'), 'ReportPage'),
})

const orderHazards = createRoute({
  getParentRoute: () => root,
  path: '/hazards/order',
  validateSearch: lenient({ mineId: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/hazard/order/OrderPage.tsx'), 'OrderPage'),
})

const hazardNumbers = createRoute({
  getParentRoute: () => root,
  path: '/hazards/numbers',
  validateSearch: lenient({
    mineId: z.string().optional(),
    system: z.string().optional(),
    show: z.enum([...numberStandings, 'compare']).optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/hazard/numbers/NumbersPage.tsx'), 'NumbersPage'),
})

const hazard = createRoute({
  getParentRoute: () => root,
  path: '/hazards/$tenantId/$id',
  validateSearch: lenient({ act: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/hazard/HazardPage.tsx'), 'HazardPage'),
})

const selfChecks = createRoute({
  getParentRoute: () => root,
  path: '/self-checks',
  validateSearch: lenient({
    month: month.optional(),
    standing: z.enum(sheetStandings).optional(),
    search: z.string().optional(),
    mineId: z.uuid().optional(),
  }),
  component: lazyRouteComponent(() => import('#web/desk/selfCheck/SelfCheckListPage.tsx'), 'SelfCheckListPage'),
})

const selfCheck = createRoute({
  getParentRoute: () => root,
  path: '/self-checks/$mineId/$month',
  component: lazyRouteComponent(() => import('#web/desk/selfCheck/SheetPage.tsx'), 'SheetPage'),
})

const selfCheckPrint = createRoute({
  getParentRoute: () => root,
  path: '/self-checks/$mineId/$month/print',
  validateSearch: lenient({ blank: z.boolean().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/selfCheck/PrintPage.tsx'), 'PrintPage'),
})

const notice = createRoute({
  getParentRoute: () => root,
  path: '/notice',
  validateSearch: lenient({ at: z.number().optional(), noDuty: z.boolean().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/notice/NoticePage.tsx'), 'NoticePage'),
})

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('#web/desk/rules/RulesPage.tsx'), 'RulesPage'),
})

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  component: lazyRouteComponent(() => import('#web/desk/ledger/LedgerPage.tsx'), 'LedgerPage'),
})

const slip = createRoute({
  getParentRoute: () => root,
  path: '/ledger/slip/$tenantId/$streamId/$version',
  validateSearch: lenient({ show: z.enum(shownParts).optional() }),
  component: lazyRouteComponent(() => import('#web/desk/ledger/SlipPage.tsx'), 'SlipPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: lenient({ tenantId: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/people/PeoplePage.tsx'), 'PeoplePage'),
})

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  validateSearch: lenient({ kind: z.enum(importKindNames).optional(), tenantId: z.uuid().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/importing/ImportPage.tsx'), 'ImportPage'),
})

const importResult = createRoute({
  getParentRoute: () => root,
  path: '/imports/$tenantId/$id',
  validateSearch: lenient({ outcome: z.enum(importOutcomes).optional() }),
  component: lazyRouteComponent(() => import('#web/desk/importing/ImportResultPage.tsx'), 'ImportResultPage'),
})

const map = createRoute({
  getParentRoute: () => root,
  path: '/map',
  validateSearch: lenient({ mine: z.uuid().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/map/MapPage.tsx'), 'MapPage'),
})

const handovers = createRoute({
  getParentRoute: () => root,
  path: '/handovers',
  component: lazyRouteComponent(() => import('#web/desk/handover/HandoverListPage.tsx'), 'HandoverListPage'),
})

const newHandover = createRoute({
  getParentRoute: () => root,
  path: '/handovers/new',
  component: lazyRouteComponent(() => import('#web/desk/handover/NewHandoverPage.tsx'), 'NewHandoverPage'),
})

const handover = createRoute({
  getParentRoute: () => root,
  path: '/handovers/$tenantId/$id',
  component: lazyRouteComponent(() => import('#web/desk/handover/HandoverPage.tsx'), 'HandoverPage'),
})

const myRecord = createRoute({
  getParentRoute: () => root,
  path: '/my-record',
  validateSearch: lenient({ month: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/dutyRecord/MyRecordPage.tsx'), 'MyRecordPage'),
})

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  validateSearch: lenient({ search: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/account/AccountListPage.tsx'), 'AccountListPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$tenantId/$id',
  validateSearch: lenient({ personId: z.string().optional() }),
  component: lazyRouteComponent(() => import('#web/desk/account/AccountPage.tsx'), 'AccountPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    mines,
    newMine,
    mine,
    editMine,
    board,
    papers,
    crewCard,
    registerPrint,
    signPaper,
    minePresence,
    presence,
    permits,
    companies,
    newCompany,
    company,
    organisations,
    newOrganisation,
    organisation,
    hazards,
    register,
    statistics,
    reportHazard,
    orderHazards,
    hazardNumbers,
    hazard,
    selfChecks,
    selfCheck,
    selfCheckPrint,
    notice,
    rules,
    ledger,
    slip,
    people,
    imports,
    importResult,
    myRecord,
    map,
    handovers,
    newHandover,
    handover,
    accounts,
    account,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
