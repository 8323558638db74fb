import { filePath } from '#contract/file.ts'

type PhotoProps = { readonly tenantId: string; readonly sha256: string; readonly alt: string; readonly small?: boolean }

/** As published (without the camera's metadata); a tap opens it whole. */
export const Photo = ({ tenantId, sha256, alt, small = false }: PhotoProps) => (
  <a href={filePath(tenantId, sha256, 'view')} target="_blank" rel="noreferrer" className={small ? 'thumb' : 'picture'}>
    <img src={filePath(tenantId, sha256, small ? 'thumb' : 'view')} alt={alt} loading="lazy" />
  </a>
)
