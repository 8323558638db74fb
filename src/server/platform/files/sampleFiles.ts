/** Real bytes of every kind for the tests: made here, so that no binary lies in the repository. */
import { crc32, deflateRawSync } from 'node:zlib'
import sharp from 'sharp'

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 120, g: 110, b: 90 } } })

export const jpegPhoto = (width = 64, height = 48): Promise<Buffer> => blank(width, height).jpeg().toBuffer()

export const pngPhoto = (width = 64, height = 48): Promise<Buffer> => blank(width, height).png().toBuffer()

export const webpPhoto = (): Promise<Buffer> => blank(64, 48).webp().toBuffer()

/** As a phone writes it: lying on its side, with time, device and place. */
export const phonePhoto = (
  width: number,
  height: number,
  photo: Readonly<Record<string, string>> = { DateTimeOriginal: '2023:09:15 08:30:00' },
): Promise<Buffer> =>
  blank(width, height)
    .withExif({
      IFD0: { Make: 'DemoPhone', Model: 'DP-1', Artist: 'Zhang San' },
      IFD2: photo,
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '36/1 3/1 9/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '113/1 2/1 49/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const pdfDocument = (): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  )

export type ZipEntry = { readonly name: string; readonly data: Buffer }

export const zipOf = (entries: readonly ZipEntry[]): Buffer => {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(data), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(data.length, 18)
    fields.writeUInt16LE(name.length, 22)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

const office = (part: string, type: string, more: readonly ZipEntry[] = []): Buffer =>
  zipOf([
    {
      name: '[Content_Types].xml',
      data: Buffer.from(
        `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
      ),
    },
    { name: part.slice(1), data: Buffer.from('<x/>') },
    ...more,
  ])

export const docx = (more: readonly ZipEntry[] = []): Buffer =>
  office('/word/document.xml', 'wordprocessingml.document', more)

export const xlsx = (): Buffer => office('/xl/workbook.xml', 'spreadsheetml.sheet')

/** A compound file of two directory sectors whose telling stream stands in the second, with an empty class id, as WPS writes. */
export const compoundFile = (stream: string): Buffer => {
  const file = Buffer.alloc(512 * 4)
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  file.writeUInt16LE(0x3e, 24)
  file.writeUInt16LE(3, 26)
  file.writeUInt16LE(0xfffe, 28)
  file.writeUInt16LE(9, 30)
  file.writeUInt16LE(6, 32)
  file.writeUInt32LE(1, 44)
  file.writeUInt32LE(1, 48)
  file.fill(0xff, 76, 512)
  file.writeUInt32LE(0, 76)
  const table = [0xfffffffd, 2, 0xfffffffe]
  file.fill(0xff, 512, 1024)
  for (const [index, next] of table.entries()) file.writeUInt32LE(next, 512 + index * 4)
  const names = ['Root Entry', '\u0005SummaryInformation', '1Table', 'Data', stream]
  for (const [index, name] of names.entries()) {
    const at = 1024 + index * 128
    file.write(name, at, 'utf16le')
    file.writeUInt16LE(name.length * 2 + 2, at + 64)
  }
  return file
}

const isoMedia = (brand: string): Buffer => {
  const box = Buffer.alloc(64)
  box.writeUInt32BE(24, 0)
  box.write('ftyp', 4, 'latin1')
  box.write(brand.padEnd(4), 8, 'latin1')
  box.write(brand.padEnd(4), 16, 'latin1')
  box.writeUInt32BE(40, 24)
  box.write('mdat', 28, 'latin1')
  return box
}

export const mp4Video = (): Buffer => isoMedia('isom')
export const movVideo = (): Buffer => isoMedia('qt')
export const m4aAudio = (): Buffer => isoMedia('M4A')
export const heicPhoto = (): Buffer => isoMedia('heic')
export const amrAudio = (): Buffer => Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(32, 0x3c)])
/** Frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each. */
export const mp3Audio = (): Buffer => {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.concat([frame, frame, frame])
}
