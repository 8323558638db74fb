import type { FindingShown, LedgerShown } from '#contract/ledger.ts'
import { sourceWords } from '#web/parts/ledgerWords.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const Finding = ({ finding: { message, remedy, detail } }: { finding: FindingShown }) => (
  <li>
    <strong>{message}</strong>
    {detail && (
      <p>
        系统的原话：<code>{detail}</code>
      </p>
    )}
    <p>怎么办：{remedy}</p>
  </li>
)

/** In the way of everything else on the page: signing stands still, or a check has found something. */
export const Alarms = ({ ledger: { trouble, waitingSince, alarms } }: { ledger: LedgerShown }) => {
  if (!trouble && waitingSince === undefined && alarms.length === 0) return null
  return (
    <section role="alert" className="ledger-alarm" aria-label="存证告警">
      {trouble && (
        <>
          <h2>▲ 停止签发（{dateTimeOf(trouble.at)} 起）</h2>
          <ul>
            <Finding finding={trouble} />
          </ul>
          <p>停止期间照常办理、照常签回执；恢复以后自动补进存证。</p>
        </>
      )}
      {waitingSince !== undefined && (
        <>
          <h2>▲ 有事办完一分钟以上，还没有签进存证</h2>
          <p>最早的一件从 {dateTimeOf(waitingSince)} 等起。办过的都保存着，不用重办；恢复以后自动补进存证。</p>
          {!trouble && (
            <p>
              怎么办：请系统管理员看后台程序（<code>bihuan serve --services=worker</code>
              ）在不在运行、第二存放处在不在线；查出了原因，会写在这里。
            </p>
          )}
        </>
      )}
      {alarms.map(({ at, source, found, findings }) => (
        <div key={source}>
          <h2>
            ▲ {sourceWords[source]}查出 {found} 处不符（{dateTimeOf(at)}）
          </h2>
          {findings.length > 0 ? (
            <ul>
              {findings.map((finding) => (
                <Finding key={finding.code + finding.message} finding={finding} />
              ))}
            </ul>
          ) : (
            <p>查出的内容写到各单位的具体记录，由系统管理员、审计员查看。</p>
          )}
        </div>
      ))}
    </section>
  )
}
