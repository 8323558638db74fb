import { Button } from 'antd'
import { useState } from 'react'
import { listPermits, listUnregisteredPermits, type PermitShown } from '#contract/permit.ts'
import { PermitSheet } from '#web/desk/permit/PermitSheet.tsx'
import { permitColumns } from '#web/desk/permit/permitColumns.tsx'
import { keyOf, useAnswer, usePages } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must } from '#web/parts/api.ts'

type Opened = { readonly permit?: PermitShown; readonly kind?: string }

/** 证照 of one mine, what expires first on top, and what a producing mine is expected to have and nobody entered. */
export const MinePermits = ({ mineId }: { mineId: string }) => {
  const [opened, setOpened] = useState<Opened>()
  const mayPut = useMay('permit.put')
  const query = { mineId, limit: 50 }
  const pages = usePages<PermitShown>(keyOf(listPermits, query), async (after) =>
    must(await api.call(listPermits, { query: { ...query, ...(after && { after }) } })),
  )
  const missing = useAnswer(listUnregisteredPermits, { query: { mineId, limit: 20 } })
  const expected = missing.data?.items ?? []
  return (
    <section aria-labelledby="mine-permits">
      <header className="section-head">
        <h2 id="mine-permits">证照</h2>
        {mayPut && <Button onClick={() => setOpened({})}>登记证照</Button>}
      </header>
      {expected.length > 0 && (
        <p>
          名录里没有登记：
          {expected.map(({ kind, kindTitle }, index) => (
            <span key={kind}>
              {index > 0 && '、'}
              {mayPut ? (
                <button type="button" className="plain-link" onClick={() => setOpened({ kind })}>
                  {kindTitle}
                </button>
              ) : (
                kindTitle
              )}
            </span>
          ))}
          <span className="soft">（没有登记不等于没有取证）</span>
        </p>
      )}
      <RecordTable
        label="证照"
        columns={permitColumns({ open: (permit) => setOpened({ permit }), ofOneMine: true })}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<p>还没有登记证照；登记后，快到期和已过期的会提前提示。</p>}
      />
      {opened && (
        <PermitSheet
          mineId={mineId}
          permit={opened.permit}
          kind={opened.kind}
          mayPut={mayPut}
          close={() => setOpened(undefined)}
        />
      )}
    </section>
  )
}
