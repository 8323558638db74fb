import type { ReactNode } from 'react'
import { Retry, Skeleton } from '#web/field/hazard/MyReports.tsx'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'
import { type SheetHere, useSheet } from '#web/field/selfCheck/reads.ts'

type GateProps = {
  readonly sheetRef: SheetRef
  /** Asks the server anew before anything is decided by what is seen. */
  readonly afresh?: boolean
  readonly children: (here: SheetHere, fetching: boolean) => ReactNode
}

/** A screen over one sheet: from the server, or as it was kept in the phone. */
export const SheetGate = ({ sheetRef, afresh = false, children }: GateProps) => {
  const { here, error, isPending, isFetching, refetch } = useSheet(sheetRef, { afresh })
  if (here) return children(here, isFetching)
  return (
    <main className="page">
      {isPending ? (
        <Skeleton />
      ) : (
        <Retry message={error?.message ?? '没有读到这张排查表'} again={() => void refetch()} />
      )}
    </main>
  )
}
