import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { witnessVkey } from '#server/ledger/witness/vkeys.ts'
import type { TestServer } from '#tests/support/district.ts'
import { openCheckpoint, type SignedCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Verifier, nobleEd25519 } from '#translog/ed25519.ts'
import { isSignedBy, readVkey, type Verifier } from '#translog/signedNote.ts'

/** One key, judged by JavaScript and by OpenSSL: both must agree. */
export const bothVerifiers = (vkey: string): readonly Verifier[] =>
  [nobleEd25519, nodeEd25519].map((curve) => {
    const key = readVkey(vkey)
    const verifier = key && ed25519Verifier(key, curve)
    if (!verifier) throw new Error(vkey)
    return verifier
  })

export const logVkeyOf = ({ platform }: TestServer): string => platform.ledger.identity.signer.vkey
export const witnessVkeyOf = ({ platform }: TestServer): string => witnessVkey(platform.ledger.keys)

/** What a stranger is shown; undefined before the first. */
export const checkpointAt = async (server: TestServer): Promise<SignedCheckpoint | undefined> => {
  const response = await fetch(`${server.baseUrl}/log/checkpoint`)
  if (response.status === 404) return undefined
  return openCheckpoint(await response.text(), server.platform.ledger.identity.verifier)
}

/** The checkpoint shown, once this witness has co-signed it. */
export const cosignedAt = async (server: TestServer, witness: string): Promise<SignedCheckpoint | undefined> => {
  const shown = await checkpointAt(server)
  return shown && bothVerifiers(witness).every((verifier) => isSignedBy(shown.note, verifier)) ? shown : undefined
}
