import type { Home } from '#contract/home.ts'

const phaseTitle = (title: string): string => (title.endsWith('阶段') ? title : `${title}阶段`)

const dueToday = ({ notDone, mine }: Home): number =>
  [...notDone, ...mine].filter(({ daysLeft }) => daysLeft === 0).length

/** 部门精准执法阶段，剩76天；未销号重大隐患6条，逾期1条 */
export const sentence = (home: Home): string => {
  const { phase, figures } = home
  const today = dueToday(home)
  return [
    phase && `${phaseTitle(phase.title)}，剩${phase.daysLeft}天`,
    `未销号重大隐患${figures.openMajor}条，逾期${figures.overdue}条`,
    today > 0 && `今天到期${today}件`,
  ]
    .filter(Boolean)
    .join('；')
}
