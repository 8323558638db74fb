import { Link } from '@tanstack/react-router'
import type { PermitShown } from '#contract/permit.ts'
import { permitStandings } from '#domain/org/permit.ts'
import type { Column } from '#web/desk/shown/RecordTable.tsx'
import { daysLeftUntil, daysLeftWords } from '#web/parts/words.ts'

/** Expired stands out by weight and words; colour stays with risk. */
const Standing = ({
  permit: { standing, daysLeft, validUntil, renewBy, renewClause, ended },
}: {
  permit: PermitShown
}) => {
  if (standing === 'ended')
    return (
      <span className="soft">
        {permitStandings.ended} {ended?.on}
        <span className="block">{ended?.reason}</span>
      </span>
    )
  if (standing === 'longTerm') return <span>{permitStandings.longTerm}</span>
  const left = daysLeft ?? 0
  const renewLate = validUntil && renewBy ? daysLeftUntil(renewBy, validUntil) - left : 0
  return (
    <>
      {standing === 'valid' ? (
        <span>{permitStandings.valid}</span>
      ) : (
        <strong>
          {standing === 'expired' ? `已过期 ${-left} 天` : `${permitStandings.soon}，${daysLeftWords(left)}`}
        </strong>
      )}
      {standing === 'soon' && renewBy && (
        <span className="soft block">
          应在 {renewBy} 前申请延期{renewClause && `（${renewClause}）`}
          {renewLate > 0 && <strong>，已过 {renewLate} 天</strong>}
        </span>
      )}
    </>
  )
}

export const permitColumns = ({
  open,
  ofOneMine,
}: {
  readonly open: (permit: PermitShown) => void
  readonly ofOneMine: boolean
}): readonly Column<PermitShown>[] => [
  ...(ofOneMine
    ? []
    : [
        {
          title: '矿山',
          cell: ({ mineId, mineName, mineCode }: PermitShown) => (
            <>
              <Link to="/mines/$id" params={{ id: mineId }}>
                {mineName}
              </Link>
              <span className="soft block">{mineCode}</span>
            </>
          ),
        },
      ]),
  {
    title: '证照',
    cell: (permit) => (
      <>
        <button
          type="button"
          className="plain-link"
          aria-label={`${permit.kindTitle} ${permit.number}：看或改`}
          onClick={() => open(permit)}
        >
          {permit.kindTitle}
        </button>
        <span className="soft block">
          {permit.number}
          {permit.holderName && `，持证单位：${permit.holderName}`}
        </span>
      </>
    ),
  },
  { title: '发证机关', width: 180, cell: ({ issuer }) => issuer },
  { title: '有效期至', width: 120, cell: ({ validUntil }) => validUntil ?? '长期' },
  { title: '现状', width: 240, cell: (permit) => <Standing permit={permit} /> },
]
