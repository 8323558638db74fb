import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useStanding } from '#web/desk/session/session.ts'

type Props = { id: string; value: string | undefined; onChange: (day: string | undefined) => void; latest?: string }

/** A day of the calendar, by the business clock; `latest` greys the days after it. */
export const DayInput = ({ id, value, onChange, latest }: Props) => {
  const { app } = useStanding()
  return (
    <DatePicker
      id={id}
      className="wide"
      format="YYYY-MM-DD"
      placeholder="年-月-日"
      showNow={false}
      defaultPickerValue={dayjs(app.businessDate)}
      value={value ? dayjs(value) : null}
      {...(latest && { maxDate: dayjs(latest) })}
      onChange={(picked) => onChange(picked?.format('YYYY-MM-DD'))}
    />
  )
}
