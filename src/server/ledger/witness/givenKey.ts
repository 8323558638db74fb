import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { cosignatureType, signatureType } from '#translog/ed25519.ts'
import { readVkey, type VerifierKey } from '#translog/signedNote.ts'

type Kind = { readonly type: number; readonly wanted: string }

export const logKey: Kind = { type: signatureType, wanted: '存证公钥' }
export const witnessKey: Kind = { type: cosignatureType, wanted: '联署公钥' }

const named: Readonly<Record<number, string>> = {
  [signatureType]: '存证公钥',
  [cosignatureType]: '联署公钥',
}

/** What is wrong with a key that somebody read out or copied, in words that find the mistake. */
export const readGivenKey = (vkey: string, { type, wanted }: Kind): Outcome<VerifierKey> => {
  const remedy = `请对方运行 bihuan ledger keys，把“${wanted}”那一整行重新抄来`
  const key = readVkey(vkey)
  if (!key)
    return refuse({
      code: 'no-key',
      message: /^[^+]+\+[0-9a-f]{8}\+\S+$/.test(vkey)
        ? '公钥抄错了：中间 8 位编号与名称、公钥对不上'
        : '这不是公钥：应为一整行，名称+8 位编号+公钥',
      remedy,
    })
  if (key.type !== type)
    return refuse({ code: 'other-key', message: `这是${named[key.type] ?? '别的算法的公钥'}，不是${wanted}`, remedy })
  if (key.publicKey.length !== 32) return refuse({ code: 'no-key', message: '公钥的长度不对', remedy })
  return ok(key)
}
