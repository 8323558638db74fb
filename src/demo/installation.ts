import type { Installation } from '#server/platform/installation.ts'

/** Friday, in the phase 部门精准执法: 76 days before it ends. */
export const demoInstallation = {
  demo: true,
  clock: '2023-09-15T09:00:00+08:00',
} as const satisfies Installation
