import { Image } from 'antd'
import { filePath } from '#contract/file.ts'

type Props = { tenantId: string; sha256: readonly string[]; alt: string }

/** Thumbnails without EXIF; a click shows the picture itself. */
export const Photos = ({ tenantId, sha256, alt }: Props) => (
  <Image.PreviewGroup>
    <div className="photos">
      {sha256.map((hash, index) => (
        <Image
          key={hash}
          src={filePath(tenantId, hash, 'thumb')}
          preview={{ src: filePath(tenantId, hash, 'view') }}
          alt={`${alt}（${index + 1}）`}
        />
      ))}
    </div>
  </Image.PreviewGroup>
)
