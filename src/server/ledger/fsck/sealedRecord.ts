/** One line of the journal, or the same text made from the database's rows, looked at by itself. */
export type SealedRecord = {
  /** Of the leaf that the record's contents come to; undefined where they come to none. */
  readonly leafHash: string | undefined
}
