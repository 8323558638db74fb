import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { readWorkbook } from './readWorkbook.ts'

/** Runs in a thread of its own (readApart.ts): one workbook in, its sheets or the refusal out. */
const bytes = z.instanceof(Uint8Array).parse(workerData)
parentPort?.postMessage(await readWorkbook(bytes))
