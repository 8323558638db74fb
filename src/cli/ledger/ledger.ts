import type { Command } from 'commander'
import { addBegin } from './begin.ts'
import { addFsck } from './fsck.ts'
import { addKeys } from './keys.ts'
import { addReplay } from './replay.ts'
import { addSm } from './sm.ts'
import { addAccept, addCosign, addRequest } from './witness/byHand.ts'
import { addWitnessGroup } from './witness/witness.ts'
import { addWitnessFor } from './witness/witnessFor.ts'

export const addLedger = (program: Command): void => {
  const group = program.command('ledger').description('存证：公钥、联署、核对、补回、另起、国密')
  addFsck(group)
  addReplay(group)
  addBegin(group)
  addSm(group)
  addKeys(group)
  addWitnessGroup(group)
  addWitnessFor(group)
  addRequest(group)
  addCosign(group)
  addAccept(group)
}
