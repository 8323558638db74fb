import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type FactName, factNames } from '#domain/hazard/facts.ts'

const golden = z.object({ event: z.object({ body: z.record(z.string(), z.unknown()) }) })

const namesFiles = (value: unknown): boolean =>
  Array.isArray(value) && value.some((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one))

/** A fact's form as its golden file tells it, without the day and without files, which a test must upload first. */
const bodyOf = (name: FactName): Readonly<Record<string, unknown>> => {
  const file = new URL(`../golden/hazard/${name}.v1.json`, import.meta.url)
  const { event } = golden.parse(JSON.parse(readFileSync(file, 'utf8')))
  return Object.fromEntries(Object.entries(event.body).filter(([key, value]) => key !== 'on' && !namesFiles(value)))
}

/** One body a fact, so that a fact declared later is tested in every case, role and state without being named again. */
export const factBodies = z
  .record(z.enum(factNames), z.record(z.string(), z.unknown()))
  .parse(Object.fromEntries(factNames.map((name) => [name, bodyOf(name)])))
