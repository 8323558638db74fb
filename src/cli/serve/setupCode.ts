import { randomInt } from 'node:crypto'

/** Without letters and digits that read alike. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const group = (): string => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('')

/** 59 bits, new at every start and kept in memory alone: shown to whoever sits at the machine. */
export const drawSetupCode = (): string => [group(), group(), group()].join('-')
