import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { listMineUnits, type MineUnitShown } from '#contract/mineUnit.ts'
import { agreementStandings, isOutside, type MineUnitKind, mineUnitKinds } from '#domain/org/mineUnit.ts'
import { UnitSheet } from '#web/desk/mine/UnitSheet.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

type Opened = { readonly unit?: MineUnitShown; readonly kind: MineUnitKind }

const Agreement = ({ unit: { agreement, agreementUntil } }: { unit: MineUnitShown }) => {
  if (agreement === undefined) return null
  if (agreement === 'valid')
    return (
      <>
        {agreementStandings.valid}
        {agreementUntil && <span className="soft">，至 {agreementUntil}</span>}
      </>
    )
  return (
    <strong>
      {agreementStandings[agreement]}
      {agreement === 'expired' && agreementUntil && `（${agreementUntil}）`}
    </strong>
  )
}

type TableProps = {
  label: string
  outside: boolean
  units: readonly MineUnitShown[]
  open: (unit: MineUnitShown) => void
}

const Units = ({ label, outside, units, open }: TableProps) => (
  <table className="records" aria-label={label}>
    <thead>
      <tr>
        <th scope="col">名称</th>
        <th scope="col">种类</th>
        <th scope="col">负责人</th>
        <th scope="col">{outside ? '承包、出租的内容' : '作业内容'}</th>
        <th scope="col" className="number">
          人数
        </th>
        {outside && <th scope="col">安全协议</th>}
      </tr>
    </thead>
    <tbody>
      {units.map((unit) => (
        <tr key={unit.id} data-unit={unit.id}>
          <th scope="row" data-label="名称">
            <button type="button" className="plain-link" aria-label={`${unit.name}：看或改`} onClick={() => open(unit)}>
              {unit.name}
            </button>
            {unit.partOfName && <span className="soft block">属 {unit.partOfName}</span>}
            {!unit.active && <span className="soft block">已撤销、退场</span>}
          </th>
          <td data-label="种类">{mineUnitKinds[unit.kind]}</td>
          <td data-label="负责人">{unit.leaderPost ?? <span className="soft">—</span>}</td>
          <td data-label="内容">{unit.work ?? <span className="soft">—</span>}</td>
          <td data-label="人数" className="number">
            {unit.headCount}
            {unit.people > 0 && <span className="soft block">名录里 {unit.people} 人</span>}
          </td>
          {outside && (
            <td data-label="安全协议">
              <Agreement unit={unit} />
            </td>
          )}
        </tr>
      ))}
    </tbody>
  </table>
)

/** What the mine is made of, and who else works on its ground (PRACTICE 20). */
export const MineUnits = ({ mineId }: { mineId: string }) => {
  const [opened, setOpened] = useState<Opened>()
  const mayPut = useMay('mineUnit.put')
  const read = useAnswer(listMineUnits, { params: { mineId } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  const units = read.data?.items ?? []
  const own = units.filter(({ kind }) => !isOutside(kind))
  const outside = units.filter(({ kind }) => isOutside(kind))
  const open = (unit: MineUnitShown) => setOpened({ unit, kind: unit.kind })
  return (
    <section aria-labelledby="mine-units">
      <header className="section-head">
        <h2 id="mine-units">车间、班组、岗位</h2>
        {mayPut && <Button onClick={() => setOpened({ kind: 'crew' })}>登记车间、班组、岗位</Button>}
      </header>
      {!read.data && <Skeleton active title={false} />}
      {read.data && own.length === 0 && (
        <p className="empty">还没有登记；登记后，人员可以归到班组，五定可以指到班组。</p>
      )}
      {own.length > 0 && <Units label="车间、班组、岗位" outside={false} units={own} open={open} />}
      <header className="section-head">
        <h3>外包外租</h3>
        {mayPut && <Button onClick={() => setOpened({ kind: 'contractor' })}>登记承包、出租单位</Button>}
      </header>
      {read.data && outside.length === 0 && (
        <p className="empty">没有登记承包单位、出租单位（车辆、破碎、场地）；有的都要登记，并写明安全协议。</p>
      )}
      {outside.length > 0 && <Units label="外包外租" outside units={outside} open={open} />}
      {opened && (
        <UnitSheet
          mineId={mineId}
          unit={opened.unit}
          kind={opened.kind}
          others={units}
          mayPut={mayPut}
          close={() => setOpened(undefined)}
        />
      )}
    </section>
  )
}
