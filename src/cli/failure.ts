import { LedgerTrouble, whatHappened } from '#server/ledger/trouble.ts'
import { DatabaseTrouble, messageOf } from '#server/platform/database/trouble.ts'

/** 0 done, 1 refused or failed, 2 called the wrong way. */
export const exitCode = { done: 0, failed: 1, usage: 2 } as const

/** Something the person at the keyboard can mend: one line, Chinese, without a stack. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

/** Called the wrong way: what is missing or does not fit. */
export class Misused extends Error {
  override readonly name = 'Misused'
}

const told: Readonly<Record<string, string>> = {
  '42P01': '数据库还没有建表，或者版本太旧；请先运行 bihuan migrate',
  '3F000': '数据库还没有建表，或者版本太旧；请先运行 bihuan migrate',
  '42883': '数据库版本太旧；请先运行 bihuan migrate',
  '42501': '数据库账号权限不够；请用 DATABASE_ADMIN_URL 指定所有者账号',
  '53100': '磁盘已满；请清理或扩容后重试',
  ENOSPC: '磁盘已满；请清理或扩容后重试',
  EACCES: '没有权限；请用建立数据文件夹的那个系统用户运行',
  ENOENT: '没有这个文件或文件夹；请核对路径',
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** Any failure as one line. */
export const describeFailure = (error: unknown): string => {
  if (error instanceof Failed || error instanceof Misused || error instanceof DatabaseTrouble) return error.message
  if (error instanceof LedgerTrouble) return `${whatHappened(error)}；${error.remedy}`
  if (!(error instanceof Error)) return `没有办成：${messageOf(error)}`
  const known = told[codeOf(error)]
  const said = messageOf(error).split('\n')[0] ?? ''
  return known ? `${known}（${said}）` : `没有办成：${said}；加 --verbose 可看详情`
}
