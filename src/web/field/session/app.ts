import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { appInfo } from '#contract/session.ts'
import { ask } from '#web/field/connection/ask.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import { must } from '#web/parts/api.ts'
import { dateOf } from '#web/parts/words.ts'

export type AppInfo = z.output<typeof appInfo.reply>

const kept = remembered('bihuan.app', appInfo.reply)

export const useApp = () =>
  useQuery({
    queryKey: ['app'],
    queryFn: async () => {
      const info = must(await ask(appInfo, {}))
      kept.write(info)
      return info
    },
    placeholderData: kept.read,
  })

/** The day to write on a record: the demo stands on its own day, elsewhere it is the calendar day in Asia/Shanghai. */
export const businessDay = (info: AppInfo | undefined): string =>
  info?.demo ? info.businessDate : dateOf(new Date().toISOString())
