import '#web/parts/pin/pin.css'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { toHex } from '#translog/hex.ts'
import { endConflict, noteSaved, noteSeen } from '#web/parts/pin/checkPin.ts'
import type { PinNews } from '#web/parts/pin/pinNews.ts'
import type { Conflict } from '#web/parts/pin/pinStore.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const partsOf = (note: string): { readonly size: string; readonly root: string; readonly origin: string } => {
  const read = readCheckpoint(note)?.checkpoint
  return read
    ? { size: `${read.size} 条`, root: toHex(read.root), origin: read.origin }
    : { size: '读不出来', root: '—', origin: '—' }
}

const why: Readonly<Record<Conflict['kind'], string>> = {
  forked: '以前的记录里有被改动、插入或者抽走的，服务器却照样签了名。',
  rolledBack: '现在的记录比以前少：后面的被抽走了，或者换成了旧的数据库。',
  current: '现在的快照不是原来那把钥匙签的。',
  wentBack: '现在出示的是更早的一套存证，后来的一套不见了。',
  pinned: '这台浏览器里存的快照被人动过，读不出来了。',
  unproven: '服务器出示了新的快照，接连两次都不给证明它接得上的数据。',
  otherHouse: '服务器出示的是另一套系统的存证，不是这里原来的那一套。系统重新安装过、数据全换了，也会这样。',
  notFirst: '存证另起了一套，可是它第一条写的，与服务器说的原因、引用的旧快照不一样。',
  notQuoted: '存证另起了一套，却没有引用旧的一套签过名的快照：旧的记录有没有带过来，谁也证明不了。',
  lost: '存证另起了一套，没有从这台浏览器见过的地方接起。',
}

/** Which of the acts that this browser had seen in the log the new one does not go on from. */
const lostWords = ({ pinned, shown, pinnedAt }: Conflict): string => {
  const had = readCheckpoint(pinned)?.checkpoint.size ?? 0
  const has = readCheckpoint(shown)?.checkpoint.size ?? 0
  return `这台浏览器 ${dateTimeOf(pinnedAt)} 见过 ${had} 条，新的一套只从旧的 ${has} 条接起：第 ${has + 1} 条到第 ${had} 条，共 ${had - has} 条，可能丢了。手里有这段时间的回执、存证单、证明文件的，都找出来，逐件对照、补办。`
}

const download = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

const Side = ({ title, note, when }: { readonly title: string; readonly note: string; readonly when: string }) => {
  const { size, root, origin } = partsOf(note)
  return (
    <div>
      <h3>{title}</h3>
      <dl>
        <dt>时间</dt>
        <dd>{when}</dd>
        <dt>记录</dt>
        <dd>{size}</dd>
        <dt>根校验值</dt>
        <dd>
          <strong>{root.slice(0, 8)}</strong> <code>{root.slice(8)}</code>
        </dd>
        <dt>日志</dt>
        <dd>
          <code>{origin}</code>
        </dd>
      </dl>
    </div>
  )
}

type ConflictNews = Extract<PinNews, { kind: 'conflict' }>

const ConflictBand = ({ news }: { readonly news: ConflictNews }) => {
  const { pin, conflict, standing } = news
  const save = () => {
    download(`钉住的快照-${partsOf(conflict.pinned).root.slice(0, 8)}.txt`, conflict.pinned)
    download(`服务器出示的快照-${partsOf(conflict.shown).root.slice(0, 8)}.txt`, conflict.shown)
    void noteSaved(pin, conflict, standing)
  }
  return (
    <section role="alert" className="pin-alarm" aria-label="存证告警">
      <h2>▲ 存证告警：服务器出示的存证，与这台浏览器以前见过的接不上</h2>
      <p>{why[conflict.kind]}</p>
      {conflict.kind === 'lost' && (
        <p>
          <strong>{lostWords(conflict)}</strong>
        </p>
      )}
      {conflict.reason && <p>它说的原因：{conflict.reason}</p>}
      {!standing && <p>最近一次核对又接上了；当时的两份快照仍在这里，同样要查。</p>}
      <div className="pin-sides">
        <Side title="这台浏览器以前钉住的" note={conflict.pinned} when={`${dateTimeOf(conflict.pinnedAt)} 钉住`} />
        <Side
          title={conflict.kind === 'lost' ? '新的一套引用的旧快照' : '服务器当时出示的'}
          note={conflict.shown}
          when={`${dateTimeOf(conflict.at)} 取到`}
        />
      </div>
      <p>
        两份都有日志自己的签名，本身就是凭据。保存下来，直接交给上级局或联署方，不要只告诉管理本系统的人；不要清除浏览器数据。
      </p>
      <p className="pin-actions">
        <button type="button" onClick={save}>
          保存两份快照
        </button>
        {conflict.saved && (!standing || conflict.next) && (
          <button type="button" onClick={() => void endConflict(pin, conflict)}>
            {conflict.next ? '已交出，以后按新的一套核对' : '已交出，不再显示'}
          </button>
        )}
      </p>
    </section>
  )
}

type NewLogNews = Extract<PinNews, { kind: 'newLog' }>

/** It is told only once it is proven. */
const goesOn = ({ pinnedSize, quotedSize }: NewLogNews['begun']): string =>
  `✓ 核对过：新的一套从旧的 ${quotedSize} 条接起，这台浏览器见过的 ${pinnedSize} 条都在里面，旧钥匙签过名。`

const NewLogBand = ({ news }: { readonly news: NewLogNews }) => {
  const { pin, begun } = news
  return (
    <section role="status" className="pin-news" aria-label="存证另起一套">
      <h2>存证另起了一套</h2>
      <p>原因：{begun.reason}</p>
      <p>{goesOn(begun)}</p>
      <p>
        旧的 <code>{begun.after}</code>，新的 <code>{pin.origin}</code>。对原因有疑问的，向上级局核实。
      </p>
      <p className="pin-actions">
        <button type="button" onClick={() => void noteSeen(pin)}>
          知道了
        </button>
      </p>
    </section>
  )
}

/** Across the whole page, above everything: two histories of one log, or a new log. */
const PinBand = ({ news }: { readonly news: PinNews }) => {
  if (news.kind === 'conflict') return <ConflictBand news={news} />
  return news.kind === 'newLog' ? <NewLogBand news={news} /> : null
}

export default PinBand
