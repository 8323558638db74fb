import { Button } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { toHex } from '#translog/hex.ts'
import { checkPin } from '#web/parts/pin/checkPin.ts'
import { type Pin, readPins, whenPinKept } from '#web/parts/pin/pinStore.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const lastPin = async (): Promise<Pin | undefined> => {
  try {
    return (await readPins()).at(-1)
  } catch {
    return undefined
  }
}

/** What this browser itself keeps, and a button to compare at once. */
export const Pinned = () => {
  const [pin, setPin] = useState<Pin>()
  const [busy, setBusy] = useState(false)
  const look = useCallback(async () => {
    setBusy(true)
    await checkPin()
    setBusy(false)
  }, [])
  useEffect(() => {
    const show = () => void lastPin().then(setPin)
    show()
    return whenPinKept(show)
  }, [])
  const checkpoint = pin && readCheckpoint(pin.note)?.checkpoint
  return (
    <section aria-labelledby="pinned">
      <h2 id="pinned">这台浏览器</h2>
      <p>
        每台登录过的浏览器都替大家看着：记住最近一份快照，下次登录、以后每小时，自己核对服务器出示的是不是从它接着长的。接不上，全页红字告警。退出登录不会忘。
      </p>
      {checkpoint && pin ? (
        <p>
          钉住的快照：{checkpoint.size} 条，根校验值 <code>{toHex(checkpoint.root).slice(0, 8)}</code>，
          {dateTimeOf(pin.pinnedAt)} 钉住，{dateTimeOf(pin.checkedAt)} 核对过。
        </p>
      ) : (
        <p className="soft">还没有钉住快照。浏览器不让保存内容的（无痕窗口），关掉以后不保留。</p>
      )}
      <Button className="no-print" loading={busy} onClick={() => void look()}>
        现在核对一次
      </Button>
    </section>
  )
}
