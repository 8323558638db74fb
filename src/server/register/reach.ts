import type { Actor } from '#domain/access/actor.ts'
import { isWithinDivision } from '#domain/divisionCode.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import type { ReadScope } from '#server/platform/read.ts'

const beyond = (what: string): Outcome<never> =>
  refuse({
    code: 'out-of-scope',
    message: `${what}不在您的管辖范围，不能导出`,
    remedy: '在自己的管辖范围内导出；管辖有变的，请管理员调整授权',
  })

/** An export asks for what the grant reaches, or is refused: a file that silently holds less would be taken for the whole. */
export const withinGrant = async (
  { client }: ReadScope,
  { scope }: Actor,
  { mineId, companyId, division }: RegisterFilter,
): Promise<Outcome<undefined>> => {
  if (division && scope.kind === 'division' && !isWithinDivision(division, scope.code)) return beyond('这个区划')
  const { rows } = await client.query<{ mine: boolean; company: boolean; division: boolean }>(
    `select exists (select from read.mine where id = $1) as mine, exists (select from read.mine where company_id = $2) as company,
       exists (select from read.mine where div like $3 || '%') as division`,
    [mineId ?? null, companyId ?? null, division ?? null],
  )
  if (mineId && !rows[0]?.mine) return beyond('这座矿')
  if (companyId && !rows[0]?.company) return beyond('这家企业')
  if (division && scope.kind === 'tenants' && !rows[0]?.division) return beyond('这个区划')
  return ok(undefined)
}
