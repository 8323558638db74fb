import '#web/desk/paper/paper.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { paperPath, readPaper } from '#contract/paper.ts'
import { bodyRows } from '#web/desk/hazard/bodyRows.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { Qr } from '#web/parts/Qr.tsx'
import { dateOf } from '#web/parts/words.ts'

const here = getRouteApi('/papers/$tenantId/$id')

/** The paper that a principal signs by hand: what he signs, his line, and the code by which its photo files itself. */
export const SignPaperPage = () => {
  const params = here.useParams()
  const read = useAnswer(readPaper, { params })
  if (read.isError)
    return (
      <Page title="手签">
        <QueryProblem error={read.error} retry={() => read.refetch()} />
      </Page>
    )
  if (!read.data) return <PageSkeleton rows={8} />
  const { title, subject, unit, form, printedAt, filed } = read.data
  const rows = form.kind === 'hazardAct' ? bodyRows(form.act, form.body, {}) : []
  return (
    <Page
      title={`${title}（手签）`}
      note={
        <span className="no-print">
          {filed ? '已经拍照归档。' : '打印，手签，扫纸上的码拍一张，就记进这条隐患，写明代录、原件在档。'}
          {form.kind === 'hazardAct' && (
            <Link to="/hazards/$tenantId/$id" params={{ tenantId: params.tenantId, id: form.hazardId }}>
              回隐患
            </Link>
          )}
        </span>
      }
      actions={
        <Button type="primary" disabled={filed} onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <article className="paper" aria-label={title}>
        <style>{'@page { size: A4 portrait; margin: 16mm }'}</style>
        <header className="paper-head">
          <div>
            <h2>{title}</h2>
            <p>{unit}</p>
            <p>{subject}</p>
          </div>
          <figure className="paper-code">
            <Qr text={window.location.origin + paperPath(params.tenantId, params.id)} label="归档二维码" />
            <figcaption>签完扫码拍照归档</figcaption>
          </figure>
        </header>
        <table>
          <tbody>
            {rows.map(({ name, label, text }) => (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="paper-lines">
          <span>主要负责人签字：</span>
          <span>日期：</span>
        </p>
        <p className="paper-lines soft">{dateOf(printedAt)} 打印。签字以纸为准，照片和原件一并存档。</p>
      </article>
    </Page>
  )
}
