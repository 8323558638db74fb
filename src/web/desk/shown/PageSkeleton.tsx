import { Skeleton } from 'antd'

export const PageSkeleton = ({ rows = 6 }: { rows?: number }) => (
  <div className="page" aria-busy="true">
    <Skeleton active title paragraph={{ rows }} />
  </div>
)
