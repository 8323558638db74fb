/** How many days are asked: the notice sets none, and the page says so until the bureau does. */
export const RequiredDays = ({ required }: { required: { readonly days: number | null; readonly why: string } }) => (
  <p className="soft presence-days">
    {required.days === null
      ? '天数：没有设置（通知未规定天数）。有记录就不列为缺；区局可以在规则库的设置里定天数。'
      : `天数：每月 ${required.days} 天，是区局的设置（通知未规定天数）。`}
  </p>
)
