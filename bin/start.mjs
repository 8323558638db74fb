#!/usr/bin/env node
import { ensureDependencies } from './bare/dependencies.mjs'
import { findNode24 } from './bare/node24.mjs'
import { runChild } from './bare/runChild.mjs'
import { say } from './bare/tree.mjs'
import { ensureWebBuild } from './bare/webBuild.mjs'

// `npm start`: from a bare clone to a running server.
await ensureDependencies()
const node = findNode24()
await ensureWebBuild(node)
say('正在启动……')
process.exit(await runChild(node, ['src/cli/main.ts', 'serve', '--demo', ...process.argv.slice(2)]))
