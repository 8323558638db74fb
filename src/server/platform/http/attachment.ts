/** RFC 8187: the marks that encodeURIComponent leaves alone delimit the value. */
export const percentEncoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** Content-Disposition of a download that is kept under this name. */
export const attachment = (name: string): string => `attachment; filename*=UTF-8''${percentEncoded(name)}`
