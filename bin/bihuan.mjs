#!/usr/bin/env node
import { join } from 'node:path'
import { ensureDependencies } from './bare/dependencies.mjs'
import { findNode24 } from './bare/node24.mjs'
import { runChild } from './bare/runChild.mjs'
import { root } from './bare/tree.mjs'
import { ensureWebBuild } from './bare/webBuild.mjs'

// `npx bihuan <command>`: file names on the command line are read from where the user stands.
const args = process.argv.slice(2)
await ensureDependencies()
const node = findNode24()
if (args[0] === 'serve' && !args.includes('--help')) await ensureWebBuild(node)
process.exit(await runChild(node, [join(root, 'src/cli/main.ts'), ...args], { cwd: process.cwd() }))
