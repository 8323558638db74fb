import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { FolderProgress } from '#contract/inspectionFolder.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { FolderMade } from '#domain/inspectionFolder/made.ts'
import type { Block, FolderPhoto, Section } from '#domain/inspectionFolder/section.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { typeset } from '#server/documents/typeset.ts'
import { gather } from '#server/inspectionFolder/gather.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'

/** Wide enough for half a sheet in print; the photo as it was taken stays in the record. */
const widest = 1_000
const mostPhotos = 160
const demoWatermark = '演示数据·虚构'

type Picture = { readonly path: string; readonly bytes: Uint8Array }

const photosIn = (sections: readonly Section[]): readonly string[] => [
  ...new Set(
    sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'photos' ? block.photos : []))
      .flatMap(({ sha256 }) => sha256 ?? []),
  ),
]

const pictureOf = async ({ published }: Platform, sha256: string): Promise<Picture | undefined> => {
  const jpeg = await published.jpegOf(sha256, 'view')
  if (!jpeg.ok) return undefined
  const bytes = await sharp(jpeg.value)
    .resize({ width: widest, height: widest, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 72 })
    .toBuffer()
  return { path: `/photos/${sha256}.jpg`, bytes: new Uint8Array(bytes) }
}

const printedPhoto = (pictures: ReadonlyMap<string, Picture>, { sha256, caption, instead }: FolderPhoto) => {
  const path = sha256 === undefined ? undefined : pictures.get(sha256)?.path
  return path === undefined ? { caption, missing: instead ?? '照片没有收进来' } : { caption, path }
}

const printedBlock = (pictures: ReadonlyMap<string, Picture>, block: Block) =>
  block.kind === 'photos' ? { ...block, photos: block.photos.map((photo) => printedPhoto(pictures, photo)) } : block

export type Folder = { readonly pdf: Uint8Array; readonly fileName: string; readonly made: FolderMade }

type Asked = {
  readonly mineId: string
  readonly folderId: string
  readonly commandId: string
  readonly tell: (progress: FolderProgress) => void
}

const noMine: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这座矿，或者不在您的管辖范围',
  remedy: '从名录中选择',
})

/** The folder, set in print, and its digest on record before anybody has it. */
export const makeInspectionFolder = async (
  platform: Platform,
  actor: Actor,
  { mineId, folderId, commandId, tell }: Asked,
): Promise<Outcome<Folder>> => {
  const now = platform.clock.now()
  const today = businessDate(now)
  const gathered = await gather(platform, actor, mineId, { today, tell })
  if (!gathered) return noMine
  const { subject, sections, hazards } = gathered
  const wanted = photosIn(sections)
  const taken = wanted.slice(0, mostPhotos)
  const pictures = new Map<string, Picture>()
  for (const [at, sha256] of taken.entries()) {
    const picture = await pictureOf(platform, sha256)
    if (picture) pictures.set(sha256, picture)
    tell({ step: 'photos', done: at + 1, of: taken.length })
  }
  const unread = taken.length - pictures.size
  const leftOut = [
    ...gathered.leftOut,
    ...(wanted.length > mostPhotos ? [`照片 ${wanted.length - mostPhotos} 张：一份最多收 ${mostPhotos} 张`] : []),
    ...(unread > 0 ? [`照片 ${unread} 张：格式不能印，原件在系统里`] : []),
  ]
  tell({ step: 'setting', done: 0, of: 1 })
  const { pdf, pages } = await typeset({
    template: 'inspectionFolder.typ',
    at: now,
    images: [...pictures.values()],
    data: {
      title: '迎检档案袋',
      mine: subject.mine.name,
      company: subject.mine.companyName,
      on: today,
      ...(platform.demo && { watermark: demoWatermark }),
      cover: [
        ['截至', today],
        ['重大隐患', `${hazards} 条`],
        ['照片', `${pictures.size} 张`],
        ['核验', '每条记录的存证编号可以在“存证核验”页查到，存证文件不用本系统也能核验'],
      ],
      leftOut,
      sections: sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) => printedBlock(pictures, block)),
      })),
    },
  })
  tell({ step: 'setting', done: 1, of: 1 })
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  const made: FolderMade = { on: today, sha256, pages, hazards, photos: pictures.size, leftOut }
  tell({ step: 'recording', done: 0, of: 1 })
  const recorded = await platform.execute(actor, {
    id: commandId,
    tenantId: mineId,
    streamId: folderId,
    act: 'inspectionFolder.make',
    body: made,
  })
  return recorded.ok ? ok({ pdf, made, fileName: `迎检档案袋-${subject.mine.name}-${today}.pdf` }) : recorded
}
