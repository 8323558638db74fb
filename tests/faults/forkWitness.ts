import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import pino from 'pino'
import { addWitnessed, removeWitnessed } from '#server/ledger/witness/witnessedLogs.ts'
import { createWeb } from '#server/web.ts'
import { writeAddCheckpoint } from '#translog/addCheckpoint.ts'
import type { Signer } from '#translog/signedNote.ts'
import { proofOf, type Shown, type Watcher } from './forks.ts'
import { openHouse } from './tamper/house.ts'

/** A bureau's server over HTTP, and its database: it is made to begin each log without a memory. */
export type WitnessServer = { readonly url: string; readonly db: Pool }

const request = (oldSize: number, shown: Shown): string =>
  writeAddCheckpoint({ oldSize, proof: proofOf(oldSize, shown), checkpoint: shown.note })

/** Shown the log once, the witness cosigns it; then it is shown the other face, with the best proof there can be. */
export const witness = ({ url, db }: WitnessServer, log: Signer): Watcher => {
  const send = async (body: string): Promise<{ readonly status: number; readonly text: string }> => {
    const response = await fetch(`${url}/log/add-checkpoint`, { method: 'POST', body })
    // It takes so many in a minute from one place; a log that has more to show waits as it is told to.
    if (response.status === 429) {
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1))
      return send(body)
    }
    return { status: response.status, text: await response.text() }
  }
  return {
    name: 'witness',
    judge: async (before, now) => {
      await removeWitnessed(db, log.name)
      await addWitnessed(db, log.vkey, new Date())
      const first = await send(request(0, before))
      if (first.status !== 200) throw new Error(`the log as first shown is not cosigned: ${first.status} ${first.text}`)
      const { status, text } = await send(request(Math.min(before.head.size, now.head.size), now))
      const cosigned = text.includes('— ')
      if (cosigned !== (status === 200)) throw new Error(`${status} with ${cosigned ? 'a' : 'no'} cosignature`)
      return { accepted: cosigned, how: String(status) }
    },
  }
}

/** With a server of its own. */
export const withWitness = async (work: (server: WitnessServer) => Promise<void>): Promise<void> => {
  const house = await openHouse(1)
  const web = await createWeb(house.platform, {
    log: pino({ level: 'silent' }),
    demoAccounts: [],
    setupCode: 'not used here',
  })
  try {
    const url = await web.listen({ port: 0, host: '127.0.0.1' })
    await work({ url, db: house.owner })
  } finally {
    await web.close()
    await house.close()
  }
}
