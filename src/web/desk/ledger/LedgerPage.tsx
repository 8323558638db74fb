import { type LedgerShown, type LogShown, readLedger } from '#contract/ledger.ts'
import { Alarms } from '#web/desk/ledger/Alarms.tsx'
import { Checkpoints } from '#web/desk/ledger/Checkpoints.tsx'
import { Checks } from '#web/desk/ledger/Checks.tsx'
import { cosignedUpTo } from '#web/desk/ledger/cosigned.ts'
import { Meaning } from '#web/desk/ledger/Meaning.tsx'
import { Pinned } from '#web/desk/ledger/Pinned.tsx'
import { SecondFolder } from '#web/desk/ledger/SecondFolder.tsx'
import { Witnesses } from '#web/desk/ledger/Witnesses.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { CopyButton } from '#web/desk/shown/CopyButton.tsx'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { dateTimeOf } from '#web/parts/words.ts'

const often = 5_000

const Figure = ({ title, value, note }: { title: string; value: string; note?: string | undefined }) => (
  <div className="figure">
    <dt>{title}</dt>
    <dd>
      <span className="figure-value">{value}</span>
      {note && <span className="soft">{note}</span>}
    </dd>
  </div>
)

const Figures = ({ ledger }: { ledger: LedgerShown }) => {
  const { size, signed, waiting, witnesses } = ledger
  return (
    <section aria-label="现状" className="figures ledger-figures">
      <dl>
        <Figure title="已入存证" value={`${size} 条`} />
        <Figure
          title="最近快照"
          value={signed ? `${signed.size} 条` : '还没有'}
          note={signed && `${dateTimeOf(signed.signedAt)} 签`}
        />
        <Figure title="已联署到" value={witnesses.length === 0 ? '没有联署方' : `${cosignedUpTo(witnesses)} 条`} />
        <Figure title="等着入存证" value={waiting > 10_000 ? '10,000 条以上' : `${waiting} 条`} />
      </dl>
    </section>
  )
}

const Log = ({ log, root }: { log: LogShown; root: string | undefined }) => (
  <section aria-labelledby="log">
    <h2 id="log">日志</h2>
    <dl className="facts">
      <div>
        <dt>公钥指纹</dt>
        <dd>
          <code className="fingerprint">{log.fingerprint}</code>
          <span className="soft block">与公示栏、存证单上印的比一比；一样才是同一本日志。</span>
        </dd>
      </div>
      <div>
        <dt>名称</dt>
        <dd>
          <code>{log.origin}</code>
          {log.beganAt && <span className="soft"> {dateTimeOf(log.beganAt)} 起</span>}
        </dd>
      </div>
      <div>
        <dt>公钥</dt>
        <dd>
          <CopyButton text={log.vkey} label="复制公钥" done="公钥已复制">
            <code>{log.vkey}</code>
          </CopyButton>
        </dd>
      </div>
      {root && (
        <div>
          <dt>现在的根校验值</dt>
          <dd>
            <code>{root}</code>
          </dd>
        </div>
      )}
      {log.reason && (
        <div>
          <dt>为什么另起</dt>
          <dd>
            {log.reason}
            {log.decidedBy.length > 0 && `（${log.decidedBy.join('、')}决定）`}
          </dd>
        </div>
      )}
    </dl>
  </section>
)

const Earlier = ({ earlier }: Pick<LedgerShown, 'earlier'>) =>
  earlier.length === 0 ? null : (
    <section aria-labelledby="earlier">
      <h2 id="earlier">以前的日志</h2>
      <ul>
        {earlier.map(({ number, origin, fingerprint, beganAt }) => (
          <li key={number}>
            <code>{origin}</code> 指纹 <code>{fingerprint}</code>
            {beganAt && `，${dateTimeOf(beganAt)} 起`}
          </li>
        ))}
      </ul>
    </section>
  )

/** 存证核验: how the log stands, who vouches for it, what it proves and what it cannot. */
export const LedgerPage = () => {
  const read = useAnswer(readLedger, {}, { askAgain: () => often })
  if (read.data === undefined)
    return read.isError ? (
      <Page title="存证核验">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    ) : (
      <PageSkeleton rows={12} />
    )
  const ledger = read.data
  return (
    <Page
      title="存证核验"
      note="每件事办完，记录就锁进一本只能往后添、不能往回改的日志。这一页说明日志现在怎样、怎样核验。"
    >
      <Alarms ledger={ledger} />
      <Figures ledger={ledger} />
      <div className="ledger">
        <div className="ledger-facts">
          <Witnesses ledger={ledger} />
          <Checks verifications={ledger.verifications} />
          <Log log={ledger.log} root={ledger.root} />
          <SecondFolder ledger={ledger} />
          <Earlier earlier={ledger.earlier} />
          <Checkpoints size={ledger.signed?.size ?? 0} />
        </div>
        <aside className="ledger-meaning">
          <Meaning />
          <Pinned />
        </aside>
      </div>
    </Page>
  )
}
