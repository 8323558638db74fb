import type { LedgerShown } from '#contract/ledger.ts'
import { howItGoes } from '#web/desk/ledger/cosigned.ts'
import { dateTimeOf } from '#web/parts/words.ts'

type Witness = LedgerShown['witnesses'][number]

const standing = ({ size, cosignedAt }: Witness): string => {
  if (size === undefined) return '还没有联署过'
  return cosignedAt ? `${size} 条的快照，${dateTimeOf(cosignedAt)}` : `${size} 条的快照`
}

const Row = ({ witness, signedSize }: { witness: Witness; signedSize: number }) => (
  <tr>
    <th scope="row" data-label="联署方">
      <code>{witness.name}</code>
    </th>
    <td data-label="公钥指纹">
      <code>{witness.fingerprint}</code>
    </td>
    <td data-label="最近联署">{standing(witness)}</td>
    <td data-label="情况">
      {witness.trouble ? (
        <>
          <strong>{witness.trouble}</strong>
          {witness.triedAt && <span className="soft block">{dateTimeOf(witness.triedAt)} 联系</span>}
        </>
      ) : (
        <span className="soft">{howItGoes(witness, signedSize)}</span>
      )}
    </td>
  </tr>
)

const Cosigners = ({ witnesses, signed }: Pick<LedgerShown, 'witnesses' | 'signed'>) =>
  witnesses.length === 0 ? (
    <p>
      还没有联署方。只有本单位自己的签名时，管理日志的人若对不同的人出示两本账，只有钉住快照的浏览器和公示栏上的存证单看得出；请上级局的服务器来联署。
    </p>
  ) : (
    <div className="table-scroll">
      <table className="records" aria-label="联署方">
        <thead>
          <tr>
            <th scope="col">联署方</th>
            <th scope="col">公钥指纹</th>
            <th scope="col">最近联署</th>
            <th scope="col">情况</th>
          </tr>
        </thead>
        <tbody>
          {witnesses.map((witness) => (
            <Row key={witness.name} witness={witness} signedSize={signed?.size ?? 0} />
          ))}
        </tbody>
      </table>
    </div>
  )

/** Who co-signs our checkpoints, and whose we co-sign. */
export const Witnesses = ({ ledger: { witnesses, witnessed, signed } }: { ledger: LedgerShown }) => (
  <>
    <section aria-labelledby="witnesses">
      <h2 id="witnesses">联署方</h2>
      <Cosigners witnesses={witnesses} signed={signed} />
    </section>
    {witnessed.length > 0 && (
      <section aria-labelledby="witnessed">
        <h2 id="witnessed">本单位联署的日志</h2>
        <ul className="witnessed">
          {witnessed.map(({ origin, size, cosignedAt }) => (
            <li key={origin}>
              <code>{origin}</code>{' '}
              {size === undefined ? '还没有联署过' : `${size} 条${cosignedAt ? `，${dateTimeOf(cosignedAt)}` : ''}`}
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
)
