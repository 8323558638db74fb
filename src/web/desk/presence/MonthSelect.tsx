import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useStanding } from '#web/desk/session/session.ts'

/** A month up to the one that runs, by the business clock. */
export const MonthSelect = ({ month, onChange }: { month: string; onChange: (month: string) => void }) => {
  const { app } = useStanding()
  return (
    <DatePicker
      picker="month"
      aria-label="月份"
      format="YYYY-MM"
      allowClear={false}
      maxDate={dayjs(app.businessDate)}
      value={dayjs(`${month}-01`)}
      onChange={(picked) => picked && onChange(picked.format('YYYY-MM'))}
    />
  )
}
