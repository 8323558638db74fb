import { Button } from 'antd'
import { Page } from '#web/desk/shown/Page.tsx'

/** A part of the page could not be loaded or drawn: mostly the server was renewed while the page stood open. */
export const Broken = () => (
  <Page title="页面没有打开">
    <div className="problem" role="alert">
      <p className="problem-detail">系统可能刚更新过，这一页的旧版本已经不在了</p>
      <p>刷新后继续；填写到一半的内容还在。仍打不开的，请告诉系统管理员。</p>
    </div>
    <Button onClick={() => window.location.reload()}>刷新</Button>
  </Page>
)
