import { Link } from '@tanstack/react-router'
import { Page } from '#web/desk/shown/Page.tsx'

export const NotFound = () => (
  <Page title="没有这一页">
    <p>
      地址可能写错了，或者这一页已经换了地方。<Link to="/">回首页</Link>
    </p>
  </Page>
)
