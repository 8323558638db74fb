import type { ReceiptInLog, RecordAt, VerificationShown } from '#contract/ledger.ts'
import { dateTimeOf } from '#web/parts/words.ts'

type InLog = NonNullable<ReceiptInLog['inLog']>

/** People count from one. */
export const placeWords = ({ index }: InLog): string => `第 ${index + 1} 条`

export const snapshotWords = ({ size, signedAt }: InLog): string => `${size} 条的快照，${dateTimeOf(signedAt)} 签`

export const cosignedWords = ({ cosigned }: InLog): string =>
  cosigned.length === 0
    ? '还没有联署'
    : `联署：${cosigned.map(({ witness, at }) => `${witness}（${dateTimeOf(at)}）`).join('、')}`

/** Of a record on its way into the log: a second is the rule, and whoever waits longer is told what to do. */
export const onItsWayWords = ({ late }: Pick<ReceiptInLog, 'late'>): string =>
  late
    ? '等了一分钟以上还没有签进存证。记录已经收到、保存好了，不用重报；签存证的程序停着，请告诉系统管理员看“存证核验”页'
    : '正在入存证，一秒左右'

export const sourceWords: Readonly<Record<VerificationShown['source'], string>> = {
  sequencer: '签发前自查',
  fsck: '全面核查',
  witness: '联署',
  replay: '恢复后补录',
}

/** The page to print, of the desk; the phone links to it too. */
export const slipPath = ({ tenantId, streamId, version }: RecordAt): string =>
  `/ledger/slip/${tenantId}/${streamId}/${version}`

/** Whether something of a stream, which has `upTo` records, is still on its way into the log. */
export const isOnItsWay = (items: readonly ReceiptInLog[] | undefined, upTo: number): boolean =>
  items === undefined || items.length < upTo || items.some(({ inLog }) => inLog === undefined)

/** A second is the rule; what takes longer is asked for less often, so that a log that stands still is left alone. */
export const askAgainMs = (asked: number): number => (asked < 20 ? 1_000 : 10_000)
