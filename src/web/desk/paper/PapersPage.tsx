import '#web/desk/paper/paper.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { type FolderProgress, folderSteps } from '#contract/inspectionFolder.ts'
import { readMine } from '#contract/org.ts'
import type { Problem } from '#contract/problem.ts'
import { saveFile } from '#web/desk/importing/saveFile.ts'
import { Proof } from '#web/desk/ledger/Proof.tsx'
import { type FetchedFolder, fetchFolder } from '#web/desk/paper/fetchFolder.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { fileSize } from '#web/parts/words.ts'

const here = getRouteApi('/mines/$id/papers')

const steps = Object.keys(folderSteps)

/** Each step a share of the bar; within a step as far as it has come. */
const percentOf = ({ step, done, of }: FolderProgress): number =>
  Math.round(((steps.indexOf(step) + (of === 0 ? 1 : done / of)) / steps.length) * 100)

type Made = Extract<FetchedFolder, { ok: true }>

const Done = ({ mineId, made: { file, folderId } }: { mineId: string; made: Made }) => (
  <div className="making">
    <p>
      已下载：{file.file}，{file.pages} 页，{fileSize(file.bytes)}。文件的摘要已经记入存证。
    </p>
    {file.leftOut.length > 0 && <p>没有收进来的：{file.leftOut.join('；')}。</p>}
    <Proof record={{ tenantId: mineId, streamId: folderId, version: 1 }} title="迎检档案袋" />
  </div>
)

const Folder = ({ mineId }: { mineId: string }) => {
  const [progress, setProgress] = useState<FolderProgress>()
  const [made, setMade] = useState<Made>()
  const [wrong, setWrong] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    setWrong(undefined)
    setMade(undefined)
    const fetched = await fetchFolder(mineId, setProgress)
    setBusy(false)
    setProgress(undefined)
    if (!fetched.ok) return setWrong(fetched.problem)
    setMade(fetched)
    saveFile(fetched.pdf, fetched.file.file)
  }
  return (
    <li>
      <div>
        <h2>迎检档案袋</h2>
        <p className="soft">
          一份可以直接打印的文件，按检查的次序：企业和矿山、台账、每条重大隐患全过程、月排查、班前会。
        </p>
      </div>
      <Button loading={busy} onClick={() => void make()}>
        做一份
      </Button>
      {busy && progress && (
        <div className="making" role="status">
          <Progress percent={percentOf(progress)} size="small" />
          <span className="soft">
            {folderSteps[progress.step]}
            {progress.of > 1 && ` ${progress.done}/${progress.of}`}
          </span>
        </div>
      )}
      {wrong && (
        <div className="making">
          <ProblemBox problem={wrong} />
        </div>
      )}
      {made && <Done mineId={mineId} made={made} />}
    </li>
  )
}

/** 打印与档案: every paper of one mine in one place. */
export const PapersPage = () => {
  const { id } = here.useParams()
  const mine = useAnswer(readMine, { params: { id } })
  const may = useMay('inspectionFolder.make')
  if (mine.isError)
    return (
      <Page title="打印与档案">
        <QueryProblem error={mine.error} retry={() => mine.refetch()} />
      </Page>
    )
  if (!mine.data) return <PageSkeleton rows={6} />
  return (
    <Page
      title="打印与档案"
      note={
        <Link to="/mines/$id" params={{ id }}>
          {mine.data.name}
        </Link>
      }
    >
      <ul className="plain-list papers">
        <li>
          <div>
            <h2>公示牌</h2>
            <p className="soft">A3，贴在企业醒目位置，带核验码。</p>
          </div>
          <Link to="/mines/$id/board" params={{ id }} className="button-link">
            公示牌
          </Link>
        </li>
        <li>
          <div>
            <h2>台账</h2>
            <p className="soft">A3，带制表人、审核人、填报日期。</p>
          </div>
          <Link to="/mines/$id/register-print" params={{ id }} className="button-link">
            台账打印
          </Link>
        </li>
        <li>
          <div>
            <h2>班前会卡</h2>
            <p className="soft">今天还在的隐患和管控，签到后扫码拍一张入档。</p>
          </div>
          <Link to="/mines/$id/crew-card" params={{ id }} className="button-link">
            班前会卡
          </Link>
        </li>
        {may && <Folder mineId={id} />}
      </ul>
    </Page>
  )
}
