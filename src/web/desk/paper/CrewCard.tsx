import '#web/desk/paper/paper.css'
import type { CrewCardRead } from '#contract/paper.ts'
import { stopTitles } from '#domain/register/columns.ts'
import { Qr } from '#web/parts/Qr.tsx'

const places = 36

type Props = {
  readonly card: CrewCardRead
  readonly crew: string
  /** Where the photo of the signed card is filed. */
  readonly address: string | undefined
}

const Hazards = ({ card }: { card: CrewCardRead }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">编号、等级</th>
        <th scope="col">部位、隐患</th>
        <th scope="col">今天怎么防</th>
      </tr>
    </thead>
    <tbody>
      {card.lines.map(({ number, grade, place, content, controls, stop, deadline }) => (
        <tr key={number}>
          <td>
            <b className="paper-number">{number}</b>
            {grade}
            {deadline && <span className="paper-number">期限 {deadline}</span>}
          </td>
          <td>
            {place && <b>{place} </b>}
            {content}
          </td>
          <td>
            {stop && <b>{stopTitles[stop]}。</b>}
            {controls.length > 0 ? controls.map((control) => <p key={control}>{control}</p>) : <p>　</p>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** 班前会卡, A4: what is dangerous today and how it is held off; room to sign; a code by which the photo files itself. */
export const CrewCard = ({ card, crew, address }: Props) => (
  <article className="paper" aria-label="班前会卡">
    <style>{'@page { size: A4 portrait; margin: 12mm }'}</style>
    <header className="paper-head">
      <div>
        <h2>班前会卡</h2>
        <p>
          {card.mine}　班组：<b>{crew || '　　　　　　'}</b>
        </p>
        <p>日期：{card.on}　时间：______　地点：________　主持：________</p>
      </div>
      {address && (
        <figure className="paper-code">
          <Qr text={address} label="归档二维码" />
          <figcaption>签完扫码拍照归档</figcaption>
        </figure>
      )}
    </header>
    <h3>今天还在的隐患</h3>
    {card.lines.length > 0 ? <Hazards card={card} /> : <p>没有登记在案、还没有治理完的隐患。</p>}
    {card.more > 0 && <p>另有 {card.more} 条，见台账。</p>}
    <h3>今天的活、要注意的、谁看护</h3>
    <table className="paper-blank">
      <tbody>
        {[1, 2, 3].map((row) => (
          <tr key={row}>
            <td>　</td>
          </tr>
        ))}
      </tbody>
    </table>
    <h3>到会签字（到会 ______ 人）</h3>
    <div className="paper-signs">
      {Array.from({ length: places }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: numbered places on a sheet
        <span key={at}>{at + 1}</span>
      ))}
    </div>
  </article>
)
