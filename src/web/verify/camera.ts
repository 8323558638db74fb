import { pictureOf } from '#web/verify/photo.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

const framePx = 1_000
const betweenLooksMs = 200

/** Old WebViews and pages that are not served safely have no camera; a photo does the same. */
export const hasCamera = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function'

export type Scanning = { readonly stop: () => void }

/** Looks through the camera until it is stopped, and hands over the codes of each look. Rejects where the camera is refused. */
export const scan = async (video: HTMLVideoElement, onCodes: (texts: readonly string[]) => void): Promise<Scanning> => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1_920 }, height: { ideal: 1_080 } },
  })
  video.srcObject = stream
  await video.play()
  const timer = setInterval(() => {
    if (video.videoWidth === 0) return
    const picture = pictureOf(video, video.videoWidth, video.videoHeight, framePx)
    const texts = picture ? readQrCodes(picture) : []
    if (texts.length > 0) onCodes(texts)
  }, betweenLooksMs)
  return {
    stop: () => {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
      video.srcObject = null
    },
  }
}
