import type { RecordWords } from '#domain/ledger/recordWords.ts'

/** Put in when the page is built: the words alone, without the rules that they come from. */
declare const RECORD_WORDS: RecordWords

export const words: RecordWords = RECORD_WORDS
