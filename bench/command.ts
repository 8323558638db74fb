import { type ReceiptShown, receiptShown } from '#contract/receipt.ts'
import { checkBooks } from '#tests/load/books.ts'
import { hazardLife, type SentCommand } from '#tests/load/hazardLife.ts'
import { createProgram } from '#tests/load/program.ts'
import { registerMines, type SignedInMine } from '#tests/load/register.ts'
import { createSender, type Sender } from '#tests/load/sender.ts'
import { openBareDatabase } from './bareDatabase.ts'
import { type Figure, percentile } from './figure.ts'

export type BenchOptions = { readonly seconds: number; readonly clients: number; readonly rounds: number }

type Round = { readonly commands: number; readonly seconds: number; readonly milliseconds: readonly number[] }

const post = async (sender: Sender, command: SentCommand, token: string): Promise<ReceiptShown> => {
  const { id, tenantId, streamId, act, body } = command
  const path = `/api/hazards/${tenantId}/${streamId}/acts/${act}`
  const answer = await sender.send('POST', path, { commandId: id, body }, token)
  if (answer.status !== 200) throw new Error(`${act}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return receiptShown.parse(answer.body)
}

/**
 * ≥ 200 commands a second over HTTP for a minute with p95 ≤ 50 ms and nothing lost; the database's part alone ≥ 1,500.
 * The server runs in a process of its own on its embedded PostgreSQL as shipped (fsync on); `clients` keep-alive
 * connections each write one hazard's life after another. Both sides take turns, `rounds` times in the minute.
 */
export const benchCommand = async ({ seconds, clients, rounds }: BenchOptions): Promise<readonly Figure[]> => {
  const program = createProgram()
  try {
    await program.start()
    const { mines, commands: before } = await registerMines(program, clients)
    const bare = await openBareDatabase(program.database(), clients)
    const senders = mines.map((mine) => ({ mine, sender: createSender(program.url) }))
    const acknowledged = new Map<string, ReceiptShown>()

    const write = async (mine: SignedInMine, sender: Sender, until: number): Promise<readonly number[]> => {
      const milliseconds: number[] = []
      while (performance.now() < until)
        for (const command of hazardLife(mine)) {
          const sent = performance.now()
          acknowledged.set(command.id, await post(sender, command, mine.token))
          milliseconds.push(performance.now() - sent)
        }
      return milliseconds
    }
    const overHttp = async (length: number): Promise<Round> => {
      const began = performance.now()
      const times = await Promise.all(senders.map(({ mine, sender }) => write(mine, sender, began + length * 1_000)))
      const milliseconds = times.flat()
      return { commands: milliseconds.length, seconds: (performance.now() - began) / 1_000, milliseconds }
    }

    await overHttp(Math.min(2, seconds))
    await bare.run(Math.min(2, seconds))
    const http: Round[] = []
    const bareRates: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      http.push(await overHttp(seconds / rounds))
      bareRates.push(await bare.run(Math.max(1, seconds / rounds / 3)))
    }
    await bare.close()
    for (const { sender } of senders) sender.close()
    const { complaints } = await checkBooks(program, { acknowledged, others: before })
    for (const complaint of complaints) process.stderr.write(`${complaint}\n`)
    return figuresOf(http, bareRates, complaints.length)
  } finally {
    await program.remove()
  }
}

const figuresOf = (http: readonly Round[], bareRates: readonly number[], complaints: number): readonly Figure[] => {
  const bench = `command`
  const rates = http.map(({ commands, seconds }) => commands / seconds)
  const bestOf = (share: number) => Math.min(...http.map(({ milliseconds }) => percentile(milliseconds, share)))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const wholeRate = sum(http.map(({ commands }) => commands)) / sum(http.map(({ seconds }) => seconds))
  const wholeTimes = http.flatMap(({ milliseconds }) => milliseconds)
  const [rate, bareRate] = [Math.max(...rates), Math.max(...bareRates)]
  return [
    { bench, figure: 'commands over HTTP', value: rate, unit: '1/s', reference: 200, kind: 'rate' },
    { bench, figure: 'commands over HTTP, all rounds', value: wholeRate, unit: '1/s', reference: 200, kind: 'rate' },
    { bench, figure: 'p50', value: bestOf(0.5), unit: 'ms', kind: 'shown' },
    { bench, figure: 'p95', value: bestOf(0.95), unit: 'ms', reference: 50, kind: 'time' },
    { bench, figure: 'p95, all rounds', value: percentile(wholeTimes, 0.95), unit: 'ms', reference: 50, kind: 'time' },
    { bench, figure: 'p99', value: bestOf(0.99), unit: 'ms', kind: 'shown' },
    { bench, figure: 'bare database part', value: bareRate, unit: '1/s', reference: 1_500, kind: 'rate' },
    { bench, figure: 'HTTP to bare', value: rate / bareRate, unit: 'ratio', reference: 200 / 1_500, kind: 'ratio' },
    { bench, figure: 'lost, doubled or half', value: complaints, unit: 'complaints', kind: 'none-allowed' },
  ]
}
