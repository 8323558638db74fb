import type { LedgerShown } from '#contract/ledger.ts'

type Folder = LedgerShown['secondFolder']

/** What can be restored from there, said only of what was compared with the last signed checkpoint. */
const heldWords = ({ held: { state, size = 0 } }: Folder, signedSize: number): string => {
  switch (state) {
    case 'same':
      return `✓ 可以从这里恢复：这里的快照与数据库的一样，${size} 条。`
    case 'newer':
      return `✓ 可以从这里恢复：这里存到 ${size} 条，比数据库的新。`
    case 'older':
      return `▲ 这里只存到 ${size} 条，已经签到 ${signedSize} 条：后面的从这里恢复不了。接上原来的盘会自动补写；一直不补，请系统管理员检查。`
    case 'forked':
      return `▲ 这里的快照与数据库的同是 ${size} 条，根校验值不一样：有一边被改过，恢复不了。请系统管理员运行 bihuan ledger fsck 查明，两边都不要动。`
    case 'notOurs':
      return '▲ 这里的快照不是这套存证的钥匙签的，恢复不了。请系统管理员核对是不是接错了盘；原来的文件不要删。'
    case 'unreadable':
      return '▲ 这里的快照文件读不出来，恢复不了。请系统管理员运行 bihuan ledger fsck 查明，不要改写这个文件夹。'
    case 'none':
      return signedSize === 0
        ? '这里还没有快照。'
        : '▲ 这里没有快照，恢复不了。请系统管理员检查盘是不是换过、文件是不是被删。'
    case 'away':
      return '▲ 现在连不上第二存放处：检查磁盘、U 盘或共享是否在线。'
  }
}

export const SecondFolder = ({ ledger: { secondFolder, signed } }: { ledger: LedgerShown }) => {
  const { onSameDisk, path, isOpen } = secondFolder
  return (
    <section aria-labelledby="second-folder">
      <h2 id="second-folder">第二存放处</h2>
      <p>{heldWords(secondFolder, signed?.size ?? 0)}</p>
      {onSameDisk === true && (
        <p>
          <strong>与数据在同一块盘上：盘坏了一起丢。</strong>请系统管理员换到另一块盘、U 盘或共享。
        </p>
      )}
      {onSameDisk === false && <p>在另一块盘上。</p>}
      {isOpen && (
        <p>
          <strong>这块盘设不了读取权限，拿到它的人读得到全部记录。</strong>FAT、exFAT 的 U
          盘多是这样：请锁好，或者换用能设权限的盘。
        </p>
      )}
      {path && (
        <p className="soft">
          位置：<code>{path}</code>
        </p>
      )}
    </section>
  )
}
