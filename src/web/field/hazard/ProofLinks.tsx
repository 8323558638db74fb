import { proofPath, type RecordAt } from '#contract/ledger.ts'
import { slipPath } from '#web/parts/ledgerWords.ts'

/** The proof of one record: a file to be kept or sent on, a sheet to be printed. */
export const ProofLinks = ({ record }: { readonly record: RecordAt }) => (
  <>
    <a className="button" href={proofPath(record, 'all')} download>
      下载证明
    </a>
    <a className="button quiet" href={slipPath(record)}>
      打印存证单
    </a>
  </>
)
