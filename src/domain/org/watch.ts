import type { Mine, MineStatus } from '#domain/org/mine.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** 长期停产停建、无人作业：the duty is 驻矿盯守 instead of the producing mine's (通知 二). */
export const needsWatcher = (status: MineStatus): boolean =>
  status === 'longSuspended' || status === 'constructionHalted'

/**
 * A mine where nobody works is registered with whoever watches it.
 * @param isOwnPerson whether that person is registered with this mine
 */
export const checkWatch = (
  { status, watcher }: Pick<Mine, 'status' | 'watcher'>,
  isOwnPerson: (personId: string) => boolean,
): Outcome<undefined> => {
  if (needsWatcher(status) && !watcher)
    return refuse({
      code: 'watcher-missing',
      message: '长期停产、停建而无人作业的矿山，没有写明驻矿盯守人员',
      clause: '通知 二',
      remedy: '填写盯守人员的岗位，例如“盯守负责人”；人员登记后可以改选到人',
      details: { fields: [{ field: 'watcher', message: '填写驻矿盯守人员的岗位' }] },
    })
  if (watcher?.personId && !isOwnPerson(watcher.personId))
    return refuse({
      code: 'watcher-unknown',
      message: '选的盯守人员没有登记在这座矿',
      clause: '通知 二',
      remedy: '先在这座矿的“人员”里登记，再选；或者只写岗位',
      details: { fields: [{ field: 'watcher', message: '这个人没有登记在这座矿' }] },
    })
  return ok(undefined)
}
