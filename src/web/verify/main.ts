import '#web/verify/oldBrowser.ts'
import '#web/verify/style/verify.css'
import type { Policy } from '#translog/bundle.ts'
import { mostCharacters } from '#translog/bundle.ts'
import { readTrust } from '#translog/trust.ts'
import { textOf } from '#translog/utf8.ts'
import { setCssVariables } from '#web/parts/theme.ts'
import { hasCamera, type Scanning, scan } from '#web/verify/camera.ts'
import { byId, element, fillWith } from '#web/verify/element.ts'
import { asPasted, judge, type Piece } from '#web/verify/findings.ts'
import { findingView } from '#web/verify/findingView.ts'
import { codesInPhoto } from '#web/verify/photo.ts'
import { showTrust } from '#web/verify/trustView.ts'

setCssVariables()

const results = byId('results')
const status = byId('status')

let policy: Policy | undefined
let pieces: readonly Piece[] = []

const show = (): void => {
  const findings = judge(pieces, policy)
  fillWith(results, ...findings.map(findingView))
  byId('again').hidden = pieces.length === 0
}

/** What came in last stands on top; the same thing again is not shown twice. */
const take = (...fresh: readonly Piece[]): void => {
  const texts = new Set(fresh.map(({ text }) => text))
  pieces = [...fresh, ...pieces.filter(({ text }) => !texts.has(text))]
  show()
}

const piecesOfPhoto = async (file: File): Promise<readonly Piece[]> => {
  const codes = await codesInPhoto(file)
  if (codes && codes.length > 0) {
    // On a slip the checkpoint's code stands before the record's, which is what was asked about.
    const inOrder = [...codes].sort((a, b) => Number(b.startsWith('BH1:')) - Number(a.startsWith('BH1:')))
    return inOrder.map((text) => ({ source: `${file.name} 里的二维码`, text }))
  }
  const why = codes ? '没有看到二维码' : '这张图片打不开'
  status.textContent = `${file.name}：${why}。把存证单放平，让二维码占满画面，光线均匀，再拍一张；也可以一个码一个码地拍。`
  return []
}

const textOfFile = async (file: File): Promise<string> => {
  if (file.size > mostCharacters) return '\0'
  // Bytes that are no text become a text that is no evidence file, and is explained as such.
  return textOf(new Uint8Array(await new Response(file).arrayBuffer())) ?? '\0'
}

const isPhoto = ({ type, name }: File): boolean =>
  type.startsWith('image/') || /\.(jpe?g|png|webp|bmp|heic)$/i.test(name)

const takeFiles = async (files: Iterable<File>): Promise<void> => {
  status.textContent = ''
  for (const file of files) {
    if (isPhoto(file)) take(...(await piecesOfPhoto(file)))
    else take({ source: file.name, text: await textOfFile(file) })
  }
  results.firstElementChild?.scrollIntoView({ block: 'nearest' })
}

const takesFiles = (): void => {
  const input = byId('file')
  input.addEventListener('change', () => {
    if (!(input instanceof HTMLInputElement) || !input.files) return
    const files = [...input.files]
    input.value = ''
    void takeFiles(files)
  })
  // The whole window is the place to drop: whoever misses a box must not see the browser open the file instead.
  window.addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dropping')
  })
  window.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) document.body.classList.remove('dropping')
  })
  window.addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('dropping')
    if (event.dataTransfer) void takeFiles([...event.dataTransfer.files])
  })
}

const takesText = (): void => {
  byId('paste').addEventListener('submit', (event) => {
    event.preventDefault()
    const area = byId('text')
    if (!(area instanceof HTMLTextAreaElement) || area.value.trim() === '') return
    const lines = area.value.trim().split(/\s+/)
    // Scanned codes may be pasted one below the other.
    const codes = lines.every((line) => line.startsWith('BH1:'))
    take(
      ...(codes
        ? lines.map((text) => ({ source: '粘贴的码', text }))
        : [{ source: '粘贴的文字', text: asPasted(area.value) }]),
    )
    area.value = ''
  })
}

/** A slip's checkpoint comes into view first and is not yet the record; of the record every code is wanted. */
const isWhole = (scanned: readonly Piece[]): boolean => {
  const kinds = judge(scanned, policy).map(({ kind }) => kind)
  return kinds.some((kind) => kind !== 'head' && kind !== 'fork') && !kinds.includes('parts')
}

const takesCamera = (): void => {
  if (!hasCamera()) return
  const button = byId('scan')
  const place = byId('viewfinder')
  let scanning: Scanning | undefined
  const stop = (): void => {
    scanning?.stop()
    scanning = undefined
    fillWith(place)
    button.textContent = '用摄像头扫码'
  }
  button.hidden = false
  button.addEventListener('click', async () => {
    if (scanning) return stop()
    const video = element('video', { playsinline: '', muted: '', 'aria-label': '取景' })
    video.muted = true
    fillWith(place, video, element('p', { class: 'soft' }, '对准存证单，一个码一个码地移过去；读全了自动核验。'))
    button.textContent = '停止扫码'
    // Until the browser has asked for the camera and been answered there is nothing to stop.
    button.setAttribute('disabled', '')
    try {
      const scanned: Piece[] = []
      scanning = await scan(video, (texts) => {
        const fresh = texts.map((text) => ({ source: '扫到的二维码', text }))
        scanned.push(...fresh)
        take(...fresh)
        if (isWhole(scanned)) stop()
      })
    } catch {
      stop()
      status.textContent = '摄像头打不开：可能没有允许，或者正被别的程序占用。把存证单拍成照片再选进来，效果一样。'
    }
    button.removeAttribute('disabled')
  })
}

byId('again').addEventListener('click', () => {
  pieces = []
  status.textContent = ''
  show()
})
takesFiles()
takesText()
takesCamera()
showTrust(byId('keys-in-use'), readTrust(byId('trust').textContent ?? ''), (given) => {
  policy = given
  show()
})
