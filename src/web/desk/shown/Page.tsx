import { type ReactNode, useEffect } from 'react'

type Props = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode }

/** Heading, what one can do here, content; the title stands in the browser's tab too. */
export const Page = ({ title, note, actions, children }: Props) => {
  useEffect(() => {
    document.title = `${title}·闭环`
  }, [title])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {note && <p className="soft">{note}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
