import sharp from 'sharp'

/** What a phone's camera hands over: a JPEG that carries where and when it was taken. Each word gives other bytes. */
export const photo = async (word: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720"><rect width="960" height="720" fill="#8d8577"/><path d="M0 720 L0 420 L260 300 L520 360 L960 180 L960 720Z" fill="#6b6355"/><text x="40" y="680" font-size="40" fill="#fff">${word}</text></svg>`
  const buffer = await sharp(Buffer.from(svg))
    .withExif({ IFD2: { DateTimeOriginal: '2023:09:15 08:40:00', OffsetTimeOriginal: '+08:00' } })
    .jpeg({ quality: 80 })
    .toBuffer()
  return { name: `${word}.jpg`, mimeType: 'image/jpeg', buffer }
}
