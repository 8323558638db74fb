import { Button } from 'antd'
import { useState } from 'react'
import { CallSheet } from '#web/desk/home/CallSheet.tsx'
import { useMay } from '#web/desk/session/session.ts'

type Props = { mineId: string; mineName: string; about: string }

export const CallButton = ({ mineId, mineName, about }: Props) => {
  const [open, setOpen] = useState(false)
  const may = useMay('person.reveal')
  if (!may) return null
  return (
    <>
      <Button
        size="small"
        className="remind"
        onClick={() => setOpen(true)}
        aria-label={`打电话：${mineName}，${about}`}
      >
        打电话
      </Button>
      {open && <CallSheet mineId={mineId} mineName={mineName} reason={`催办：${about}`} close={() => setOpen(false)} />}
    </>
  )
}
