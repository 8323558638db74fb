#!/usr/bin/env node
import { ensureDependencies } from './bare/dependencies.mjs'
import { findNode24 } from './bare/node24.mjs'
import { runChild } from './bare/runChild.mjs'
import { giveUp } from './bare/tree.mjs'
import { buildWeb } from './bare/webBuild.mjs'

// `node bin/run.mjs build | lint | typecheck | <file.ts> [arguments]`: on Node 24, with the dependencies installed.
const [what, ...args] = process.argv.slice(2)
if (what === undefined) giveUp('用法：node bin/run.mjs build | lint | typecheck | <文件.ts> [参数]')

await ensureDependencies()
const node = findNode24()

const verbs = {
  build: async () => {
    await buildWeb(node)
    return 0
  },
  lint: () => runChild(node, ['node_modules/@biomejs/biome/bin/biome', 'check', ...args]),
  typecheck: () => runChild(node, ['node_modules/typescript/bin/tsc', '-p', '.', ...args]),
}
const run = verbs[what] ?? (() => runChild(node, [what, ...args]))
process.exit(await run())
