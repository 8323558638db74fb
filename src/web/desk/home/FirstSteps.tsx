import { Link } from '@tanstack/react-router'
import { useMay } from '#web/desk/session/session.ts'

/** An empty district: what to enter first, in the order in which one thing needs the other. */
export const FirstSteps = () => {
  const mayUnits = useMay('organisation.put')
  const mayMines = useMay('mine.put')
  const mayAccounts = useMay('account.put')
  if (!mayMines) return null
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">先把本区登记起来</h2>
      <ol className="first-steps">
        {mayUnits && (
          <li>
            <Link to="/organisations">登记单位</Link>：乡镇应急站、专家库
          </li>
        )}
        <li>
          <Link to="/companies/new">登记企业</Link>：信用代码是企业的，一家企业可以有几座矿
        </li>
        <li>
          <Link to="/mines/new">登记矿山</Link>：状态、整治范围、决定判定标准适用不适用的情况
        </li>
        <li>
          <Link to="/people">登记人员</Link>：局里和矿上的岗位
        </li>
        {mayAccounts && (
          <li>
            <Link to="/accounts">开设账号</Link>：定岗位和管辖范围，再设账号名和密码
          </li>
        )}
      </ol>
    </section>
  )
}
