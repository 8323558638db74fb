/** Hands a file that the server made to the browser's own keeping. */
export const saveFile = (content: Blob, fileName: string): void => {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has begun to read by the next turn; a minute is enough for any disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
