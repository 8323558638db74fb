import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { actOnHazard } from '#contract/hazard.ts'
import { listHazardNumbers, listNumberSystems } from '#contract/hazardNumbers.ts'
import { numberSystems } from '#domain/hazard/ledgerRow.ts'
import type { OurHazard } from '#domain/hazard/reconcile.ts'
import { Compare } from '#web/desk/hazard/numbers/Compare.tsx'
import { MineSelect } from '#web/desk/mine/MineSelect.tsx'
import { keyOf, queries, useAnswer, usePages } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { type Column, RecordTable } from '#web/desk/shown/RecordTable.tsx'
import { api, must, problemText } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

const here = getRouteApi('/hazards/numbers')

const shows = { missing: '没有编号的', doubled: '重号的', numbered: '已编号的', compare: '对账' } as const
type Show = keyof typeof shows

/** Writes the number down by the hazard, in the name of whoever is signed in. */
const Numbering = ({ hazard, system }: { hazard: OurHazard; system: string }) => {
  const [number, setNumber] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string>()
  const keep = async () => {
    setBusy(true)
    const { tenantId, id } = hazard
    const answer = await api.call(actOnHazard, {
      params: { tenantId, id, act: 'externalNumber' },
      body: { commandId: newCommandId(), body: { system, number: number.trim() } },
    })
    setBusy(false)
    setWhy(answer.ok ? undefined : problemText(answer.problem))
    if (answer.ok) await queries.invalidateQueries()
  }
  return (
    <form
      className="numbering"
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim() !== '') void keep()
      }}
    >
      <Input
        size="small"
        aria-label={`${hazard.number} 在${system}的编号`}
        placeholder={hazard.external ?? '编号'}
        maxLength={100}
        value={number}
        onChange={({ target }) => setNumber(target.value)}
      />
      <Button size="small" htmlType="submit" loading={busy} disabled={number.trim() === ''}>
        {hazard.external === undefined ? '记下' : '改记'}
      </Button>
      {why && <span role="alert">{why}</span>}
    </form>
  )
}

const columnsFor = (system: string, mayNumber: boolean): readonly Column<OurHazard>[] => [
  {
    title: '编号',
    width: 150,
    cell: ({ tenantId, id, number }) => (
      <Link to="/hazards/$tenantId/$id" params={{ tenantId, id }}>
        {number}
      </Link>
    ),
  },
  { title: '矿山', width: 200, cell: ({ mineName }) => mineName },
  { title: '发现', width: 110, cell: ({ foundOn }) => foundOn },
  {
    title: '部位和描述',
    cell: ({ place, description }) => (
      <>
        {place && <strong className="place">{place}</strong>}
        {description && <span className="clamp">{description}</span>}
      </>
    ),
  },
  { title: `${system}编号`, width: 180, cell: ({ external }) => external ?? <span className="soft">没有</span> },
  ...(mayNumber
    ? [
        {
          title: '记编号',
          width: 240,
          cell: (hazard: OurHazard) => <Numbering hazard={hazard} system={system} />,
        },
      ]
    : []),
]

const nothing: Readonly<Record<Exclude<Show, 'compare'>, string>> = {
  missing: '每条隐患都有编号。',
  doubled: '没有重号。',
  numbered: '还没有记过编号。',
}

type Listing = { system: string; show: Exclude<Show, 'compare'>; mineId: string | undefined }

const Listed = ({ system, show, mineId }: Listing) => {
  const mayNumber = useMay('hazard.externalNumber')
  const query = { limit: 50, system, standing: show, ...(mineId && { mineId }) }
  const pages = usePages<OurHazard>(keyOf(listHazardNumbers, query), async (after) =>
    must(await api.call(listHazardNumbers, { query: { ...query, ...(after && { after }) } })),
  )
  return (
    <RecordTable
      label={`${system}：${shows[show]}`}
      columns={columnsFor(system, mayNumber)}
      pages={pages}
      rowKey={({ id }) => id}
      empty={<p>{nothing[show]}</p>}
    />
  )
}

/** 其他系统编号: what has none, what shares one, and their list beside ours. */
export const NumbersPage = () => {
  const search = here.useSearch()
  const navigate = here.useNavigate()
  const { side } = useStanding()
  const { mineId, show = 'missing' } = search
  const counts = useAnswer(listNumberSystems, { query: { ...(mineId && { mineId }) } })
  const systems = counts.data?.systems ?? []
  const system = search.system ?? systems[0]?.system ?? numberSystems.national
  const counted = systems.find((one) => one.system === system)
  const set = (change: Partial<typeof search>) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)),
      replace: true,
    })
  const countOf = (one: Show): string => (one === 'compare' || !counted ? '' : ` ${counted[one]}`)
  return (
    <Page
      title="其他系统编号"
      note="国家、省的系统给每条隐患另编的号，记在本系统编号旁边；缺的、重的列出来，两边的表可以对账。"
    >
      <search className="filters">
        {systems.map((one) => (
          <button
            key={one.system}
            type="button"
            className="chip"
            aria-pressed={one.system === system}
            onClick={() => set({ system: one.system })}
          >
            {one.system}
          </button>
        ))}
        {side !== 'mine' && <MineSelect value={mineId} onChange={(picked) => set({ mineId: picked })} />}
      </search>
      <nav aria-label="看什么" className="filters">
        {(Object.keys(shows) as Show[]).map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={one === show}
            onClick={() => set({ show: one })}
          >
            {shows[one]}
            {countOf(one)}
          </button>
        ))}
      </nav>
      {show === 'compare' ? (
        <Compare key={`${system} ${mineId}`} system={system} mineId={mineId} />
      ) : (
        <Listed system={system} show={show} mineId={mineId} />
      )}
    </Page>
  )
}
