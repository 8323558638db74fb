import type { ReactNode } from 'react'
import { go, hrefOf } from '#web/field/routing/location.ts'

type LinkProps = {
  readonly to: string
  readonly className?: string
  readonly label?: string
  readonly current?: boolean
  /** Name of the act the link opens, for tests and for reading the page. */
  readonly act?: string
  readonly children: ReactNode
}

/** A real anchor: it can be copied and opened anew; a plain tap stays in the page. */
export const Link = ({ to, className, label, current, act, children }: LinkProps) => (
  <a
    href={hrefOf(to)}
    className={className}
    aria-label={label}
    data-act={act}
    aria-current={current ? 'page' : undefined}
    onClick={(event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      go(to)
    }}
  >
    {children}
  </a>
)
