import type { HazardState } from '#domain/hazard/state.ts'
import { Photos } from '#web/desk/hazard/Photos.tsx'

const after = ({ acceptance, facts }: HazardState): readonly string[] => {
  if (acceptance && acceptance.photos.length > 0) return acceptance.photos
  return facts.progress?.findLast(({ photos }) => (photos?.length ?? 0) > 0)?.photos ?? []
}

const before = ({ finding, facts }: HazardState): readonly string[] =>
  finding.photos.length > 0 ? finding.photos : (facts.control?.find(({ photos }) => photos?.length)?.photos ?? [])

type SideProps = { title: string; tenantId: string; sha256: readonly string[]; instead: string }

const Side = ({ title, tenantId, sha256, instead }: SideProps) => (
  <figure>
    <figcaption>{title}</figcaption>
    {sha256.length > 0 ? (
      <Photos tenantId={tenantId} sha256={sha256} alt={title} />
    ) : (
      <p className="no-photo soft">{instead}</p>
    )}
  </figure>
)

/** What work in hand looks like is not yet what came of it. */
export const BeforeAfter = ({ tenantId, state }: { tenantId: string; state: HazardState }) => (
  <section aria-label="整改前后照片" className="before-after">
    <Side
      title="整改前"
      tenantId={tenantId}
      sha256={before(state)}
      instead={state.finding.tooDangerous ? '危险，不宜靠近' : '没有照片'}
    />
    <Side
      title={state.acceptance ? '整改后' : '整改中'}
      tenantId={tenantId}
      sha256={after(state)}
      instead={state.acceptance?.notPhotographable ? '危险不宜靠近，或者无可拍摄' : '还没有照片'}
    />
  </section>
)
