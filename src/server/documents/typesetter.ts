import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { z } from 'zod'

/** A thread of its own: what is being set, however long, keeps nobody waiting, and its memory goes with it. */
const asked = z.object({
  /** Name of a file below templates/. */
  template: z.string().regex(/^[A-Za-z]+\.typ$/),
  /** JSON; the template reads it as data and never as markup. */
  data: z.string(),
  /** Pictures by the path that the data name them by. */
  images: z.array(z.object({ path: z.string(), bytes: z.instanceof(Uint8Array) })),
  /** Seconds since 1970: stands in the file as its date. */
  at: z.number().int(),
})

const { resolve } = createRequire(import.meta.url)

const fontOf = (family: 'sans' | 'serif', weight: '400Regular' | '700Bold'): string => {
  const home = dirname(resolve(`@expo-google-fonts/noto-${family}-sc/package.json`))
  return join(home, weight, `Noto${family === 'sans' ? 'Sans' : 'Serif'}SC_${weight}.ttf`)
}

const templates = fileURLToPath(new URL('../../../templates', import.meta.url))

/** Once for the thread: to read the fonts takes longer than to set a page. */
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [
    {
      fontPaths: [
        fontOf('sans', '400Regular'),
        fontOf('sans', '700Bold'),
        fontOf('serif', '400Regular'),
        fontOf('serif', '700Bold'),
      ],
    },
  ],
})

const typeset = (input: unknown) => {
  const { template, data, images, at } = asked.parse(input)
  for (const { path, bytes } of images) compiler.mapShadow(join(templates, path), Buffer.from(bytes))
  try {
    const compiled = compiler.compile({ mainFilePath: join(templates, template), inputs: { data } })
    const document = compiled.result
    if (!document) throw new Error(`${template}: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`)
    return { pdf: new Uint8Array(compiler.pdf(document, { creationTimestamp: at })), pages: document.numOfPages }
  } finally {
    compiler.resetShadow()
    compiler.evictCache(0)
  }
}

const answer = (input: unknown) => {
  try {
    return { ok: true, ...typeset(input) }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (input) => parentPort?.postMessage(answer(input)))
