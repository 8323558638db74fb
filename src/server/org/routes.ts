import { historyRoutes } from '#server/org/historyRoutes.ts'
import { mineRoutes } from '#server/org/mineRoutes.ts'
import { peopleRoutes } from '#server/org/peopleRoutes.ts'
import { permitRoutes } from '#server/org/permitRoutes.ts'
import { tenantRoutes } from '#server/org/tenantRoutes.ts'
import { unitRoutes } from '#server/org/unitRoutes.ts'
import type { Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

export const orgRoutes = (platform: Platform): readonly Mounted[] => [
  ...tenantRoutes(platform),
  ...mineRoutes(platform),
  ...peopleRoutes(platform),
  ...unitRoutes(platform),
  ...permitRoutes(platform),
  ...historyRoutes(platform),
]
