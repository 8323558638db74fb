import { z } from 'zod'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { parameters, withinBounds } from '#server/register/conditions.ts'

const mineRow = z.object({ id: z.string(), code: z.string(), name: z.string() })
const companyRow = z.object({ id: z.string(), name: z.string() })
const divisionRow = z.object({ code: z.string(), name: z.string() })

/** Mines, companies and townships within the grant, for the filters that choose one. */
export const unitsWithin = async (
  scope: ReadScope,
  { search, limit }: { search?: string | undefined; limit: number },
) => {
  const within = () => {
    const { values, bind } = parameters()
    const words = bind(likeText(search))
    return { values, words, bounds: withinBounds(scope, 'm', bind) }
  }
  const mines = within()
  const foundMines = await scope.client.query(
    `select m.id, m.code, m.name from read.mine m where ${mines.bounds}
       and (${mines.words}::text is null or m.name ilike '%' || ${mines.words} || '%' or m.code ilike '%' || ${mines.words} || '%')
     order by m.code, m.id limit ${limit}`,
    mines.values,
  )
  const companies = within()
  const foundCompanies = await scope.client.query(
    `select c.id, c.name from read.company c
     where c.id = any (array(select m.company_id from read.mine m where ${companies.bounds}))
       and (${companies.words}::text is null or c.name ilike '%' || ${companies.words} || '%')
     order by c.name, c.id limit ${limit}`,
    companies.values,
  )
  const divisions = within()
  const foundDivisions = await scope.client.query(
    `select m.div as code, min(m.doc ->> 'township') as name from read.mine m where ${divisions.bounds}
       and (${divisions.words}::text is null or m.doc ->> 'township' ilike '%' || ${divisions.words} || '%')
     group by m.div order by m.div limit ${limit}`,
    divisions.values,
  )
  return {
    mines: foundMines.rows.map((row) => mineRow.parse(row)),
    companies: foundCompanies.rows.map((row) => companyRow.parse(row)),
    divisions: foundDivisions.rows.map((row) => divisionRow.parse(row)),
  }
}
