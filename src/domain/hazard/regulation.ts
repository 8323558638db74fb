import { bureauOfficers, mineManagement, roleTitle } from '#domain/access/role.ts'
import { describeCase } from '#domain/hazard/case.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import { everyStatus, openStatuses, statuses } from '#domain/hazard/status.ts'
import { hazardActs, moves, transitions } from '#domain/hazard/transitions.ts'

/** A row of the transition table in words, for the rules page and docs/life-cycle.md. */
export type RegulationRow = {
  readonly act: string
  readonly title: string
  readonly from: readonly string[]
  readonly leadsTo: string
  readonly who: readonly { readonly when: string; readonly roles: readonly string[] }[]
  readonly needs: readonly { readonly when: string; readonly facts: readonly string[] }[]
  readonly also?: string
  readonly clause: string
  /** Who may enter it for the signer once the hand-signed paper is photographed (PRACTICE A14). */
  readonly onPaper?: string
}

const fromWords = ({ from }: Transition): string[] => {
  if (from.length === 0) return ['尚未登记']
  if (from.length === everyStatus.length) return ['任何状态']
  if (from.length === openStatuses.length && openStatuses.every((status) => from.includes(status)))
    return ['未办结的任何状态']
  return from.map((status) => statuses[status])
}

const rowOf = (act: string, transition: Transition): RegulationRow => ({
  act,
  title: transition.title,
  from: fromWords(transition),
  leadsTo: transition.leadsTo,
  who: transition.who.map(({ roles, ...one }) => ({ when: describeCase(one), roles: roles.map(roleTitle) })),
  needs: transition.needs.map(({ facts, ...one }) => ({
    when: describeCase(one),
    facts: facts.map((name) => requirements[name].title),
  })),
  ...(transition.also && { also: transition.also }),
  clause: transition.clause,
  ...(transition.paperSigner && {
    onPaper: `${roleTitle(transition.paperSigner)}手签的，附原件照片，由矿上其他管理人员代录`,
  }),
})

export const regulationRows = (): readonly RegulationRow[] =>
  hazardActs.flatMap((act) => {
    const transition = transitions[act]
    return transition ? [rowOf(act, transition)] : []
  })

const cell = (text: string): string => text.replaceAll('|', '／')

/** Groups of posts, so that a row can be read. */
const groups = [
  { title: '矿上管理人员', posts: mineManagement.map(roleTitle) },
  { title: '区局监管执法人员', posts: bureauOfficers.map(roleTitle) },
] as const

const inGroups = (posts: readonly string[]): readonly string[] => {
  const whole = groups.filter((group) => group.posts.every((post) => posts.includes(post)))
  const grouped = new Set(whole.flatMap((group) => group.posts))
  return [...whole.map(({ title }) => title), ...posts.filter((post) => !grouped.has(post))]
}

const everyCase = describeCase({})

const byCase = (lines: readonly { readonly when: string; readonly words: readonly string[] }[]): string =>
  lines.map(({ when, words }) => `${when === everyCase ? '' : `${when}：`}${words.join('、')}`).join('<br>')

const lineOf = ({ act, title, from, leadsTo, who, needs, also, clause, onPaper }: RegulationRow): string => {
  const able = byCase(who.map(({ when, roles }) => ({ when, words: inGroups(roles) })))
  const needed = byCase(needs.map(({ when, facts }) => ({ when, words: facts })))
  const cells = [
    `${title} \`${act}\``,
    from.join('；'),
    leadsTo,
    onPaper ? `${able}<br>${onPaper}` : able,
    [needed, also].filter(Boolean).join('<br>'),
    clause,
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

const tableOf = (rows: readonly RegulationRow[]): string =>
  [
    '| 办理事项 | 什么时候可以办 | 办了以后 | 谁可以办 | 要有什么，另外什么 | 依据 |',
    '|---|---|---|---|---|---|',
    ...rows.map(lineOf),
  ].join('\n')

const groupLines = (): string => groups.map(({ title, posts }) => `- ${title}：${posts.join('、')}`).join('\n')

const requirementLines = (): string =>
  Object.values(requirements)
    .map(({ title, clause, remedy }) => `- **${title}**（${clause}）：${remedy}`)
    .join('\n')

const statusLines = (): string => everyStatus.map((status) => `- \`${status}\` ${statuses[status]}`).join('\n')

/** docs/life-cycle.md: the transition table in words. A test holds the page to the table. */
export const renderLifeCycle = (): string => {
  const rows = regulationRows()
  const isMove = ({ act }: RegulationRow): boolean => Object.hasOwn(moves, act)
  return `# 隐患的一生：办理规则

本页由办理规则表（\`src/domain/hazard/transitions.ts\`）生成，不要手改。规则改了以后重新生成：

    node bin/run.mjs src/cli/main.ts rulebook life-cycle > docs/life-cycle.md

发现→管控→判定→报告公示→五定→整改→企业验收→复查→销号。先管控：写明在哪里就行，谁和哪天由系统记下；报告、公示、职工大会、方案和整改同时进行，齐不齐在企业验收和销号时才问。溯源不挡复查、销号和恢复生产。缴了罚款不等于销号，销号、摘牌、恢复生产是三件事。补录随时可以，只是不能早于它所回应的那一步。

## 状态

${statusLines()}

## 下表里的岗位

${groupLines()}

## 使状态改变的事项

${tableOf(rows.filter(isMove))}

## 记入时间线的事项

${tableOf(rows.filter((row) => !isMove(row)))}

## 要有的材料

${requirementLines()}
`
}
