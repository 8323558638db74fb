import { v7 } from 'uuid'

/** Made once per form: sending it again, on a bad line or by a second tap, happens once. */
export const newCommandId = (): string => v7()

/** Ids of new records are made by the app, ordered by time. */
export const newId = (): string => v7()
