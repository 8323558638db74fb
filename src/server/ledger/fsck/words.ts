import type { FindingPlace } from './finding.ts'

const tables: Readonly<Record<string, string>> = {
  'core.event': '办理记录',
  'core.stream': '办理次数登记',
  'core.command': '办理回执',
  'private.leaf_salt': '存证的盐',
  'ledger.outbox': '待存证箱',
  'ledger.entry': '存证序列',
  'ledger.tile': '存证的树',
  'ledger.head': '存证大小登记',
  'ledger.checkpoint': '存证快照',
  'ledger.log': '存证登记',
  public: '第二存放处',
  journal: '第二存放处',
}

/** Which row or file, as a person would name it. */
export const nameOf = (place: FindingPlace): string => {
  const { table, index, tenantId, streamId, version, commandId, outboxId, size, level, tile, path, hash, log } = place
  const parts = [
    index !== undefined && `存证第 ${index} 条`,
    log !== undefined && `第 ${log} 套存证`,
    hash === 'sm3' && '国密',
    size !== undefined && `大小 ${size}`,
    level !== undefined && tile !== undefined && `第 ${level} 层第 ${tile} 块`,
    outboxId !== undefined && `编号 ${outboxId}`,
    tenantId !== undefined && `单位 ${tenantId}`,
    streamId !== undefined && `记录 ${streamId}`,
    version !== undefined && `第 ${version} 次办理`,
    commandId !== undefined && `办理编号 ${commandId}`,
    path !== undefined && path,
  ].filter((part) => part !== false)
  const where = parts.length > 0 ? `（${parts.join('，')}）` : ''
  return `${tables[table] ?? table}${where}`
}

/** Of an act without a signature, which nobody can tell from one that was made up. */
export const keylessWords = '是密钥文件不在的时候办理的，或者不是系统办理的'
