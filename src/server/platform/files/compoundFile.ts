import type { FileHandle } from 'node:fs/promises'

/**
 * .doc and .xls are both OLE compound files (MS-CFB); which one it is, the names in its directory tell.
 * The class id of the root does not: WPS and export programs leave it empty.
 */

const endOfChain = 0xfffffffe
/** 4096 entries of 128 bytes at 512-byte sectors: real documents have tens. Ends loops in forged chains. */
const mostSectors = 1024

const readAt = async (file: FileHandle, length: number, position: number): Promise<Buffer | undefined> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  return bytesRead === length ? buffer : undefined
}

const namesIn = (sector: Buffer): string[] => {
  const names: string[] = []
  for (let offset = 0; offset + 128 <= sector.length; offset += 128) {
    const bytes = sector.readUInt16LE(offset + 64)
    if (bytes >= 2 && bytes <= 64) names.push(sector.toString('utf16le', offset, offset + bytes - 2))
  }
  return names
}

/** Names of streams and storages; empty when the file is not a readable compound file. */
const directoryNames = async (file: FileHandle): Promise<readonly string[]> => {
  const header = await readAt(file, 512, 0)
  if (header === undefined) return []
  const shift = header.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return []
  const size = 1 << shift
  const sectorAt = (sector: number) => (sector + 1) * size
  const names: string[] = []
  let sector = header.readUInt32LE(48)
  for (let count = 0; sector < endOfChain && count < mostSectors; count += 1) {
    const entries = await readAt(file, size, sectorAt(sector))
    if (entries === undefined) return names
    names.push(...namesIn(entries))
    const fatIndex = Math.floor((sector * 4) / size)
    // The header lists the first 109 sectors of the allocation table: 6.8 MB at 512, beyond that the
    // directory's start still tells the type.
    if (fatIndex >= 109) return names
    const next = await readAt(file, 4, sectorAt(header.readUInt32LE(76 + fatIndex * 4)) + ((sector * 4) % size))
    if (next === undefined) return names
    sector = next.readUInt32LE(0)
  }
  return names
}

export const compoundFileMime = async (file: FileHandle): Promise<string | undefined> => {
  const names = await directoryNames(file)
  if (names.includes('WordDocument')) return 'application/msword'
  if (names.includes('Workbook') || names.includes('Book')) return 'application/vnd.ms-excel'
  return undefined
}
