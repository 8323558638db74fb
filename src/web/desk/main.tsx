import '#web/desk/style/desk.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Desk } from '#web/desk/Desk.tsx'
import { setCssVariables } from '#web/parts/theme.ts'

setCssVariables()
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Desk />
    </StrictMode>,
  )
