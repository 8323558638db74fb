import { Link } from '@tanstack/react-router'
import type { SelfCheckListed } from '#contract/selfCheck.ts'
import { standingWords } from '#web/desk/selfCheck/standing.ts'
import type { Column } from '#web/desk/shown/RecordTable.tsx'
import { monthTitle } from '#web/parts/sheet.ts'

const toSheet = ({ mineId, month }: SelfCheckListed, words: string) => (
  <Link to="/self-checks/$mineId/$month" params={{ mineId, month }}>
    {words}
  </Link>
)

const figures: readonly Column<SelfCheckListed>[] = [
  {
    title: '进展',
    width: 210,
    cell: (check) => (check.missed ? <strong>{standingWords(check)}</strong> : standingWords(check)),
  },
  { title: '已查', width: 64, number: true, cell: ({ answered }) => answered },
  { title: '应查', width: 64, number: true, cell: ({ asked }) => asked ?? '' },
  { title: '有问题', width: 76, number: true, cell: ({ bad }) => bad ?? '' },
  {
    title: '未查',
    width: 64,
    number: true,
    cell: ({ notChecked }) => (notChecked ? <strong>{notChecked}</strong> : (notChecked ?? '')),
  },
  { title: '提交', width: 110, number: true, cell: ({ submittedOn }) => submittedOn ?? '' },
  { title: '签字', width: 110, number: true, cell: ({ signedOn }) => signedOn ?? '' },
  {
    title: '亲自带队',
    width: 84,
    cell: ({ standing, ledInPerson }) => (standing === 'done' ? (ledInPerson ? '是' : '否') : ''),
  },
]

/** One month of every mine. */
export const mineColumns: readonly Column<SelfCheckListed>[] = [
  { title: '编号', width: 70, cell: ({ mineCode }) => mineCode },
  { title: '矿山', cell: (check) => toSheet(check, check.mineName) },
  ...figures,
]

/** Every month of one mine. */
export const monthColumns: readonly Column<SelfCheckListed>[] = [
  { title: '月份', cell: (check) => toSheet(check, monthTitle(check.month)) },
  ...figures,
]
