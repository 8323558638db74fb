import { type Actor, type Target, withinScope } from '#domain/access/actor.ts'
import {
  bureauDeciders,
  bureauOfficers,
  everyone,
  mineManagement,
  peopleAtDesks,
  type Role,
  roleNames,
  roleTitle,
} from '#domain/access/role.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

const signedIn: readonly Role[] = everyone.filter((role) => role !== 'setup')

/** Who keeps the register of mines: the bureau's section, and whoever runs the machine. */
const registrars: readonly Role[] = ['systemAdmin', 'sectionChief', 'regulator', 'setup']
const administrators: readonly Role[] = ['systemAdmin', 'setup']

/** Who keeps the list of a mine's people: the mine's own safety staff, and the bureau's section. */
const keepersOfPeople: readonly Role[] = [
  'principal',
  'safetyDeputy',
  'safetyOfficer',
  ...administrators,
  'sectionChief',
  'regulator',
]

/** Whoever keeps one of the registers by hand may fill it from a workbook; nobody else. */
const importers = everyone.filter(
  (role) =>
    role !== 'setup' &&
    (registrars.includes(role) ||
      keepersOfPeople.includes(role) ||
      mineManagement.includes(role) ||
      bureauOfficers.includes(role)),
)

const checkers: readonly Role[] = [...mineManagement, 'crewLeader']

/** Whoever answers for a register may take it away as a file; crews, workers and experts read it here. */
const exporters: readonly Role[] = [
  ...mineManagement,
  ...bureauOfficers,
  'legalReviewer',
  'cityOfficer',
  'townshipHead',
  'auditor',
]

/** Whoever leads people into the pit, or keeps the mine's papers. */
const crewFilers: readonly Role[] = [...mineManagement, 'crewLeader', 'watcher']

/** Roles that any row of the act's transition names, in whatever case; the case itself is the decision's to judge. */
const hazardActs: Readonly<Record<string, readonly Role[]>> = Object.fromEntries(
  Object.entries(transitions).map(([act, { who, paperSigner }]) => {
    const named = who.flatMap(({ roles }) => roles)
    const recorders = paperSigner ? mineManagement : []
    return [`hazard.${act}`, roleNames.filter((role) => named.includes(role) || recorders.includes(role))]
  }),
)

/** Whoever some row of the transition table names. */
const actorsOnHazards: readonly Role[] = roleNames.filter((role) =>
  Object.values(hazardActs).some((roles) => roles.includes(role)),
)

/** Which role may do what, wherever its grant reaches. Reads like a regulation: the act, then who. */
const policy: Readonly<Record<string, readonly Role[]>> = {
  ...hazardActs,
  /** The door to all acts on a hazard; which of them, the transition table says. */
  'hazard.act': actorsOnHazards,
  'hazard.read': signedIn,
  /** Registers as somebody arranged them for himself. */
  'register.view': signedIn,
  'register.export': exporters,
  'mine.read': signedIn,
  'mine.put': registrars,
  'company.read': peopleAtDesks,
  'company.put': registrars,
  'organisation.read': peopleAtDesks,
  'organisation.put': administrators,
  'tenant.read': peopleAtDesks,
  'mineUnit.read': signedIn,
  'mineUnit.put': keepersOfPeople,
  'permit.read': signedIn,
  'permit.put': keepersOfPeople,
  /** 关键人驻矿: recorded by the mine, checked by the bureau (PRACTICE 22). */
  'presence.read': peopleAtDesks,
  'presence.record': mineManagement,
  'presence.correct': mineManagement,
  'presence.withdraw': mineManagement,
  'person.read': signedIn,
  'person.put': keepersOfPeople,
  /** Of no use to anybody afterwards: for those who answer for the people, not for everyone who keeps the list. */
  'person.erase': ['principal', 'safetyDeputy', 'systemAdmin', 'sectionChief'],
  'person.reveal': [...bureauOfficers, ...mineManagement],
  /** The door to imports; of what, the act says that each of its rows becomes. */
  'importing.take': importers,
  'importing.read': importers,
  'account.read': ['systemAdmin'],
  'account.put': administrators,
  'account.credentials': administrators,
  'selfCheck.read': signedIn,
  /** Whoever goes round: those who run the mine and the crews' leaders. */
  'selfCheck.answer': checkers,
  'selfCheck.handOver': checkers,
  'selfCheck.submit': mineManagement,
  /** The principal himself, or the mine's management with the paper he signed (PRACTICE A14); the decision says which. */
  'selfCheck.sign': mineManagement,
  /** What everybody at the mine may read on the wall. */
  'board.read': signedIn,
  'board.print': [...mineManagement, ...bureauOfficers],
  'board.post': mineManagement,
  /** To put it on the web is the bureau's own disclosure, and its leaders' or its section's to decide (PRACTICE A9). */
  'board.publish': bureauDeciders,
  'board.withdraw': bureauDeciders,
  /** Much at once leaves the house: for those who run the mine, and for the bureau. */
  'inspectionFolder.make': [...mineManagement, ...bureauOfficers],
  'crewMeeting.read': signedIn,
  /** 班组长 or 安全员 for the whole crew. */
  'crewMeeting.file': crewFilers,
  /** Papers to be signed by hand; what the photo becomes is decided by that act's own right. */
  'paper.print': crewFilers,
  'paper.read': crewFilers,
  'paper.file': crewFilers,
  'file.put': signedIn,
  'file.read': signedIn,
  'notice.read': signedIn,
  'home.read': signedIn,
  /** Hand-overs of posts, within one's own house; who gives and who takes, the decision says. */
  'handover.read': peopleAtDesks,
  'handover.give': peopleAtDesks,
  'handover.take': peopleAtDesks,
  'handover.withdraw': peopleAtDesks,
  /** One's own acts, nobody else's. */
  'dutyRecord.read': signedIn,
  /** The log says nothing of anybody: whoever is signed in may see how it stands. */
  'ledger.read': signedIn,
  /** What checks of the log found names records of every tenant. */
  'ledger.inspect': ['systemAdmin', 'auditor'],
  /** Where its files lie, what addresses it speaks to, and what these said: who runs the machine can use it, others could misuse it. */
  'ledger.run': ['systemAdmin'],
  /** Receipts and proofs, of records that one may read. */
  'ledger.prove': signedIn,
}

export const knownActs: readonly string[] = Object.keys(policy)

/** may(actor, act, target): the role's right, within the grant's reach. */
export const may = (actor: Actor, act: string, target?: Target): Outcome<undefined> => {
  const roles = Object.hasOwn(policy, act) ? policy[act] : undefined
  if (!roles) return refuse({ code: 'unknown-act', message: `没有“${act}”这个办理事项`, remedy: '刷新页面后重试' })
  if (!roles.includes(actor.role))
    return refuse({
      code: 'role-may-not',
      message: `${roleTitle(actor.role)}没有这项权限`,
      remedy: `由${roles
        .filter((role) => role !== 'setup')
        .map(roleTitle)
        .join('、')}办理；有几个岗位的，先切换岗位`,
    })
  if (target && !withinScope(actor.scope, target))
    return refuse({
      code: 'out-of-scope',
      message: '这个单位不在您的管辖范围',
      remedy: '在自己的管辖范围内办理；管辖有变的，请管理员调整授权',
    })
  return ok(undefined)
}
