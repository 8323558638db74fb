import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { typeset } from './typeset.ts'

const run = promisify(execFile)

const textOf = async (pdf: Uint8Array): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-pdf-'))
  try {
    await writeFile(join(folder, 'a.pdf'), pdf)
    return (await run('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'])).stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const folderOf = (text: string) => ({
  title: '迎检档案袋',
  mine: '一号矿',
  company: '某公司',
  on: '2023-09-15',
  cover: [['截至', '2023-09-15']],
  leftOut: ['照片 3 张：打不开'],
  sections: [
    { level: 1, title: '一、隐患', blocks: [{ kind: 'paragraph', text }] },
    {
      level: 2,
      title: '照片',
      blocks: [{ kind: 'photos', photos: [{ path: '/photos/1.jpg', caption: '整改前' }] }],
    },
  ],
})

describe('a document set in print', () => {
  it('is a PDF with Chinese text, headings, page numbers and pictures', async () => {
    const images = [{ path: '/photos/1.jpg', bytes: new Uint8Array(await jpegPhoto(80, 60)) }]
    const data = folderOf('北帮坡脚浮石')
    const { pdf, pages } = await typeset({ template: 'inspectionFolder.typ', data, images, at: new Date(0) })
    expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
    expect(pages).toBe(3)
    const text = await textOf(pdf)
    for (const part of [
      '迎检档案袋',
      '目录',
      '一、隐患',
      '北帮坡脚浮石',
      '整改前',
      '照片 3 张：打不开',
      '第 3 页，共 3 页',
    ])
      expect(text).toContain(part)
  })

  it('a text is never markup, whatever stands in it', async () => {
    const written = '#[*x*] $a$ #read("/etc/passwd") = 标题 <tag> @ref _下划线_ \\'
    const { pdf } = await typeset({
      template: 'inspectionFolder.typ',
      data: folderOf(written),
      images: [{ path: '/photos/1.jpg', bytes: new Uint8Array(await jpegPhoto(8, 6)) }],
      at: new Date(0),
    })
    expect((await textOf(pdf)).replaceAll(/\s+/g, ' ')).toContain(written)
  })

  it('what cannot be set says why, and the next one is set all the same', async () => {
    const wrong = typeset({ template: 'inspectionFolder.typ', data: {}, images: [], at: new Date(0) })
    await expect(wrong).rejects.toThrow('inspectionFolder.typ')
    const images = [{ path: '/photos/1.jpg', bytes: new Uint8Array(await jpegPhoto(8, 6)) }]
    const right = typeset({ template: 'inspectionFolder.typ', data: folderOf('好'), images, at: new Date(0) })
    expect((await right).pages).toBe(3)
  })
})
