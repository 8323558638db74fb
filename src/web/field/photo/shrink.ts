/** Below this a photo goes as the camera made it: the original is the evidence. */
const untouchedBytes = 10 * 1024 * 1024
const longestSide = 4000

/** A photo over 10 MB is brought to at most 4000 px; what the browser cannot decode goes as it is. */
export const shrunk = async (file: File): Promise<Blob> => {
  if (file.size <= untouchedBytes || !file.type.startsWith('image/')) return file
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return file
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const smaller = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88))
  return smaller && smaller.size < file.size ? smaller : file
}
