import { Worker } from 'node:worker_threads'
import type { Sheet } from '#domain/importing/cell.ts'
import { type Outcome, refuse } from '#domain/refusal.ts'
import { readWorkbook } from './readWorkbook.ts'
import { workbookKind } from './workbookKind.ts'

/** A small file can unpack into more than the machine has: the thread that reads it has a memory of its own. */
const memoryMb = 1_024

const tooLarge: Outcome<never> = refuse({
  code: 'workbook-tooLarge',
  message: '表格展开后太大，读不下',
  remedy: '删去没有用的表和格式，或者分成几个文件导入',
})

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined)

/** What is plain text and short is read here and now: a thread would take longer to begin than to read it. */
const isShortText = (bytes: Uint8Array): boolean => bytes.length < 65_536 && workbookKind(bytes) === 'csv'

/** Reads a workbook without keeping others waiting, whatever is in it. */
export const readApart = (bytes: Uint8Array, memory = memoryMb): Promise<Outcome<readonly Sheet[]>> =>
  isShortText(bytes) ? readWorkbook(bytes) : readInThread(bytes, memory)

const readInThread = (bytes: Uint8Array, memory: number): Promise<Outcome<readonly Sheet[]>> =>
  new Promise((resolve, reject) => {
    const reader = new Worker(new URL('./workbookReader.ts', import.meta.url), {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    })
    reader.once('message', resolve)
    reader.once('error', (error: Error) =>
      codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooLarge) : reject(error),
    )
  })
