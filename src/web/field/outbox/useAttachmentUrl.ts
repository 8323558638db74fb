import { useEffect, useState } from 'react'
import { readBytes } from '#web/field/outbox/store.ts'

/** A picture of what lies in the phone, for as long as it is on the screen. */
export const useAttachmentUrl = (id: string): string | undefined => {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let left = false
    void readBytes(id).then((blob) => {
      if (!blob || left) return
      made = URL.createObjectURL(blob)
      setUrl(made)
    })
    return () => {
      left = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id])
  return url
}
