import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from '#web/field/App.tsx'
import { queries } from '#web/field/connection/ask.ts'
import { openOutbox } from '#web/field/outbox/outbox.ts'
import { applyBigPrint } from '#web/field/session/bigPrint.ts'
import { setCssVariables } from '#web/parts/theme.ts'

setCssVariables()
applyBigPrint()
void openOutbox()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <App />
  </QueryClientProvider>,
)
