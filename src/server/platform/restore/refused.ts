import { DatabaseTrouble } from '#server/platform/database/trouble.ts'

/** Why a backup is not restored: Chinese, one line, with the way out. Nothing was changed that counts. */
export class RestoreRefused extends DatabaseTrouble {}
