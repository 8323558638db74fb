import '#web/desk/board/board.css'
import type { BoardShown } from '#contract/board.ts'
import { ProofCodes } from '#web/desk/shown/ProofCodes.tsx'

/** What proves the sheet genuine: the co-signed checkpoint and the proof that this very board was printed. */
export type BoardProof = {
  readonly checkpoint: string
  readonly bundle: string
  readonly verifyAddress: string
}

export type BoardProps = {
  readonly board: BoardShown
  readonly digest: string
  /** The day it was printed. */
  readonly on: string
  readonly proof?: BoardProof | undefined
  /** Where it stands on the web, if it does. */
  readonly webAddress?: string | undefined
}

const few = 3
const undecided = '尚未确定'

const Head = ({ board, on }: BoardProps) => (
  <header className="board-head">
    <div>
      <h2>重大事故隐患公示牌</h2>
      <p className="board-mine">{board.mine}</p>
      <p>
        责任单位 {board.company}　印制日期 {on}
      </p>
    </div>
    <p className="board-hotline">
      举报电话 <strong>{board.hotline}</strong>
    </p>
  </header>
)

const Lines = ({ board }: { board: BoardShown }) => (
  <table className="board-lines">
    <colgroup>
      <col className="board-col-place" />
      <col className="board-col-content" />
      <col className="board-col-measures" />
      <col className="board-col-post" />
      <col className="board-col-standing" />
    </colgroup>
    <thead>
      <tr>
        <th scope="col">编号、部位</th>
        <th scope="col">隐患内容</th>
        <th scope="col">治理措施</th>
        <th scope="col">责任岗位</th>
        <th scope="col">期限、现状</th>
      </tr>
    </thead>
    <tbody>
      {board.lines.map(({ number, place, content, measures, responsible, deadline, standing, overdue }) => (
        <tr key={number}>
          <td>
            <b className="board-number">{number}</b>
            {place && <span>{place}</span>}
          </td>
          <td>{content ?? '—'}</td>
          <td>{measures ?? undecided}</td>
          <td>{responsible ?? undecided}</td>
          <td>
            <b className="board-number">{deadline ?? '期限尚未确定'}</b>
            <span>{standing}</span>
            {overdue && <strong>已逾期</strong>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Foot = ({ digest, proof, webAddress }: BoardProps) => (
  <footer className="board-foot">
    <div className="board-words">
      <p>
        公示内容摘要前 8 位 <code className="board-digest">{digest.slice(0, 8)}</code>
      </p>
      {proof ? (
        <p>
          核验真伪：打开 <code>{proof.verifyAddress}</code>，把这张牌拍成照片放进去；看印制日期、摘要前 8
          位、各条编号和期限，是否与牌上相同。
        </p>
      ) : (
        <p>还没有印制登记，这一份没有核验码。</p>
      )}
      {webAddress && (
        <p>
          网上同样公示：<code>{webAddress}</code>
        </p>
      )}
      <p>依据安全生产法第四十一条公示。发现隐患没有治理、治理不实，都可以拨打举报电话。</p>
    </div>
    {proof && <ProofCodes {...proof} title="印制证明" className="board-codes" />}
  </footer>
)

/**
 * 公示牌: A3, landscape, to be read from two metres. All sizes hang on one unit, a hundredth of the sheet's width, so that
 * the screen shows the sheet as it will be.
 */
export const Board = (props: BoardProps) => (
  <div className="board-stage">
    <style>{'@page { size: A3 landscape; margin: 10mm }'}</style>
    <article className={`board ${props.board.lines.length <= few ? 'board-few' : ''}`} aria-label="公示牌">
      <Head {...props} />
      {props.board.lines.length > 0 ? (
        <Lines board={props.board} />
      ) : (
        <p className="board-none">现在没有在治理的重大事故隐患。</p>
      )}
      {props.board.more > 0 && <p>另有 {props.board.more} 条，见企业台账。</p>}
      <Foot {...props} />
    </article>
  </div>
)
