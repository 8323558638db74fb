import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { type BoardRead, printBoard, publicBoardPath, readBoard } from '#contract/board.ts'
import { proofPath, verifierPath } from '#contract/ledger.ts'
import { type Problem, problem } from '#contract/problem.ts'
import { readBundle } from '#translog/bundle.ts'
import { Board, type BoardProof } from '#web/desk/board/Board.tsx'
import { PostSheet } from '#web/desk/board/PostSheet.tsx'
import { PublishSheet, WithdrawSheet } from '#web/desk/board/PublishSheet.tsx'
import { keyOf, useAnswer } from '#web/desk/queries.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api, ProblemError } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { dateOf } from '#web/parts/words.ts'

const here = getRouteApi('/mines/$id/board')

const fetchProof = async (tenantId: string, streamId: string, version: number): Promise<string> => {
  const response = await fetch(proofPath({ tenantId, streamId, version }, 'record'))
  const text = await response.text()
  if (response.ok) return text
  throw new ProblemError(problem.parse(JSON.parse(text)))
}

const soon = (error: Error): boolean => error instanceof ProblemError && error.problem.code === 'not-in-log-yet'

/** The proof of the last print, where what was printed then is what stands here now; asked again until it is in the log. */
const useProof = (mineId: string, read: BoardRead | undefined) => {
  const current = read?.printed?.digest === read?.digest ? read?.printed : undefined
  const proof = useQuery({
    queryKey: ['board-proof', mineId, current?.version],
    queryFn: () => fetchProof(mineId, read?.streamId ?? '', current?.version ?? 0),
    enabled: current !== undefined,
    retry: (count, error) => soon(error) && count < 60,
    retryDelay: 500,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { current, proof }
}

const proofOf = (text: string | undefined): BoardProof | undefined => {
  const bundle = text === undefined ? undefined : readBundle(text)
  if (text === undefined || !bundle?.ok) return undefined
  return {
    bundle: text,
    checkpoint: bundle.bundle.checkpoint,
    verifyAddress: window.location.origin + verifierPath,
  }
}

const States = ({ read, mineId }: { read: BoardRead; mineId: string }) => {
  const { printed, posted, published, digest } = read
  return (
    <ul className="board-state no-print plain-list">
      <li>
        {printed ? `${printed.on} 印制过` : '还没有印制过'}
        {printed && printed.digest !== digest && <b>，以后内容有变，要重新印制、更换</b>}
      </li>
      <li>{posted ? `${posted.on} 张贴于${posted.where}` : '还没有记张贴'}</li>
      <li>
        {published ? (
          <>
            {dateOf(published.since)} 起在<a href={publicBoardPath(mineId)}>网页</a>上公示（{published.reference}）
          </>
        ) : (
          '没有上网：网页要由区局逐矿打开，并写明信息公开审查文号'
        )}
      </li>
    </ul>
  )
}

type Sheet = 'post' | 'publish' | 'withdraw'

/** The board of one mine: as it will hang, with what proves it, and what was done with it. */
export const BoardPage = () => {
  const { id: mineId } = here.useParams()
  const { app } = useStanding()
  const client = useQueryClient()
  const read = useAnswer(readBoard, { params: { mineId } })
  const { current, proof } = useProof(mineId, read.data)
  const [wrong, setWrong] = useState<Problem>()
  const [printing, setPrinting] = useState(false)
  const [sheet, setSheet] = useState<Sheet>()
  const may = { print: useMay('board.print'), post: useMay('board.post'), publish: useMay('board.publish') }
  if (read.isError)
    return (
      <Page title="公示牌">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={10} />
  const { board, digest, published, printed } = read.data
  const again = () => client.invalidateQueries({ queryKey: keyOf(readBoard, { params: { mineId } }) })
  const print = async () => {
    setPrinting(true)
    const answer = await api.call(printBoard, { params: { mineId }, body: { commandId: newCommandId(), digest } })
    setWrong(answer.ok ? undefined : answer.problem)
    await again()
    setPrinting(false)
  }
  const proven = current && proofOf(proof.data)
  const done = async () => {
    setSheet(undefined)
    await again()
  }
  return (
    <Page
      title={`${board.mine}公示牌`}
      note={
        <span className="no-print">
          A3 横放，贴在企业醒目位置。内容出自台账，只有可以公示的几项；
          <Link to="/mines/$id" params={{ id: mineId }}>
            回矿山
          </Link>
        </span>
      }
      actions={
        <>
          {may.post && printed && <Button onClick={() => setSheet('post')}>记张贴</Button>}
          {may.publish && !published && <Button onClick={() => setSheet('publish')}>上网公示</Button>}
          {may.publish && published && <Button onClick={() => setSheet('withdraw')}>撤下网页</Button>}
          {proven ? (
            <Button key="paper" type="primary" onClick={() => window.print()}>
              打印
            </Button>
          ) : (
            may.print && (
              <Button type="primary" loading={printing} disabled={proof.isFetching} onClick={() => void print()}>
                印制
              </Button>
            )
          )}
        </>
      }
    >
      <ProblemBox problem={wrong} />
      {proof.error && !soon(proof.error) && <QueryProblem error={proof.error} retry={() => proof.refetch()} />}
      <States read={read.data} mineId={mineId} />
      <Board
        board={board}
        digest={digest}
        on={current?.on ?? app.businessDate}
        proof={proven}
        webAddress={published && window.location.origin + publicBoardPath(mineId)}
      />
      {sheet === 'post' && (
        <PostSheet mineId={mineId} mineName={board.mine} close={() => setSheet(undefined)} done={done} />
      )}
      {sheet === 'publish' && <PublishSheet mineId={mineId} close={() => setSheet(undefined)} done={done} />}
      {sheet === 'withdraw' && <WithdrawSheet mineId={mineId} close={() => setSheet(undefined)} done={done} />}
    </Page>
  )
}
