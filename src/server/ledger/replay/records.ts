import type { JournalEntry } from '#server/ledger/journalLine.ts'

export type Act = Extract<JournalEntry, { kind: 'act' }>

export const isAct = (entry: JournalEntry): entry is Act => entry.kind === 'act'

/** For `jsonb_populate_recordset`: as the database itself gave the rows. */
export const eventRecords = (acts: readonly Act[]): string => JSON.stringify(acts.map(({ event }) => event))

export const commandRecords = (acts: readonly Act[]): string =>
  JSON.stringify(
    acts.map(({ command }) => ({ ...command, hash: `\\x${Buffer.from(command.hash, 'base64').toString('hex')}` })),
  )
