import { z } from 'zod'

/** The part of the product whose record proves that a duty was done. */
export const capabilitySchema = z.enum([
  'notice',
  'org',
  'criteria',
  'hazard',
  'duty',
  'inspection',
  'enforcement',
  'monitoring',
  'survey',
  'emergency',
  'risk',
  'work',
  'training',
  'report',
  'ledger',
])

export type Capability = z.output<typeof capabilitySchema>
