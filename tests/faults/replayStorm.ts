import { setTimeout as sleep } from 'node:timers/promises'
import { hazardLife } from '#tests/load/hazardLife.ts'
import { createSender } from '#tests/load/sender.ts'
import { checkAll, type Ground } from './kills.ts'
import { sendUntilAcknowledged } from './persistentClient.ts'

const copies = 20

/** One command sent by twenty senders at once, the server killed in the middle: it lands once, all get one receipt. */
export const replayAcrossKill = async (ground: Ground, rounds: number): Promise<void> => {
  const { program, registered, told, tally } = ground
  tally.say(`${copies} replays of one command at once, across a kill, ${rounds} times`)
  const [mine] = registered.mines
  if (!mine) throw new Error('no mine')
  const senders = Array.from({ length: copies }, () => createSender(program.url))
  for (let round = 1; round <= rounds; round += 1) {
    const [report] = hazardLife(mine)
    if (!report) throw new Error('a life begins with a report')
    const sending = Promise.all(senders.map((sender) => sendUntilAcknowledged(sender, report, mine.token, told)))
    await sleep(Math.random() * 60)
    await program.kill()
    await program.start()
    const receipts = await sending
    const forms = new Set(receipts.map((one) => one && JSON.stringify({ ...one, replayed: undefined })))
    const first = receipts.filter((one) => one && !one.replayed).length
    tally.check(
      `round ${round}: ${copies} equal receipts, carried out once`,
      forms.size === 1 && !forms.has(undefined) && first <= 1,
      `${first} carried out, ${copies - first} as replays`,
    )
    const changed = { commandId: report.id, body: { ...report.body, place: '别处' } }
    const path = `/api/hazards/${report.tenantId}/${report.streamId}/acts/${report.act}`
    const answer = await senders[0]?.send('POST', path, changed, mine.token)
    tally.check(`round ${round}: the same id with another body is refused`, answer?.status === 409, `${answer?.status}`)
  }
  for (const sender of senders) sender.close()
  await checkAll(ground, 'the replays')
}
