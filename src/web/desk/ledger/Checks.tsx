import type { LedgerShown, VerificationShown } from '#contract/ledger.ts'
import { sourceWords } from '#web/parts/ledgerWords.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const outcome = ({ source, sound, found, findings }: VerificationShown): string => {
  if (sound && source === 'sequencer') return '✓ 恢复签发'
  if (sound) return '✓ 没有查出问题'
  return findings.length > 0 ? findings.map(({ message }) => message).join('；') : `查出 ${found} 处不符`
}

/** What checks of the log have found, latest first. */
export const Checks = ({ verifications }: Pick<LedgerShown, 'verifications'>) => (
  <section aria-labelledby="checks">
    <h2 id="checks">最近的检查</h2>
    {verifications.length === 0 ? (
      <p className="soft">
        还没有做过全面核查。签每一份快照以前，程序都自己核对与上一份接得上；请系统管理员定期另做全面核查。
      </p>
    ) : (
      <div className="table-scroll">
        <table className="records" aria-label="最近的检查">
          <thead>
            <tr>
              <th scope="col">时间</th>
              <th scope="col">检查</th>
              <th scope="col" className="number">
                查到第几条
              </th>
              <th scope="col">结果</th>
            </tr>
          </thead>
          <tbody>
            {verifications.map((check) => (
              <tr key={check.at + check.source}>
                <td data-label="时间">{dateTimeOf(check.at)}</td>
                <td data-label="检查">{sourceWords[check.source]}</td>
                <td data-label="查到第几条" className="number">
                  {check.size}
                </td>
                <td data-label="结果">{outcome(check)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)
