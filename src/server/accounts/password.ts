import { hash, verify } from '@node-rs/argon2'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/** argon2id, 19 MiB, two passes: OWASP's floor, 36 to 60 sign-ins a second on two cores. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), strength)

export const passwordFits = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'))

/** So that an unknown account takes as long as a wrong password. */
export const decoyHash = await hash('no account has this password', strength)

const common = new Set([
  '12345678',
  '123456789',
  '1234567890',
  'password',
  'password1',
  'qwertyui',
  '11111111',
  '88888888',
  '66666666',
  'admin123',
  'administrator',
  'abc12345',
  'a1234567',
  'iloveyou',
  'shangdang',
  'changzhi',
  'bihuan123',
  '00000000',
  'aa123456',
  '1qaz2wsx',
  'qwer1234',
  'asdf1234',
  'yingji119',
  'yingjiju',
  'kuangshan',
  'anquan123',
])

/** Length and not being guessable count; forced mixtures and forced change do not (ASVS 6.2.5, 6.2.10). */
export const acceptablePassword = (password: string, login: string): Outcome<undefined> => {
  if ([...password].length < 8)
    return refuse({ code: 'weak-password', message: '密码至少 8 个字', remedy: '用一句自己记得住的话最好' })
  const lower = password.toLowerCase()
  if (common.has(lower) || lower.includes(login.toLowerCase()) || /^(.)\1+$/u.test(password))
    return refuse({
      code: 'weak-password',
      message: '这个密码太容易猜到',
      remedy: '不要用常见密码、账号名或同一个字',
    })
  return ok(undefined)
}
