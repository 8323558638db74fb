import type { Command } from 'commander'
import { addBegin } from './begin.ts'
import { addReplay } from './replay.ts'

export const addLedger = (program: Command): void => {
  const group = program.command('ledger').description('存证：核对、补回、另起')
  addReplay(group)
  addBegin(group)
}
