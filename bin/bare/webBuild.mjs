import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './runChild.mjs'
import { giveUp, root, say } from './tree.mjs'

/** In this order: the first empties dist/web. */
const configs = ['vite.config.ts', 'vite.verify.config.ts']

/** All that the web entries are made of. */
const sources = [
  'src/web',
  'src/contract',
  'src/domain',
  'src/rulebook',
  'src/translog',
  ...configs,
  'package.json',
  'package-lock.json',
]
const mark = join(root, 'dist', '.sources')

const filesUnder = (path) => {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`))
}

const fingerprint = () => {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesUnder)) {
    if (/\.test\.tsx?$/.test(path)) continue
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export const buildWeb = async (node) => {
  say('正在构建网页……')
  const began = Date.now()
  const now = fingerprint()
  for (const config of configs) {
    const code = await runChild(
      node,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', join(root, config), '--logLevel', 'warn'],
      { stdio: ['ignore', 2, 2] },
    )
    if (code !== 0) giveUp('网页没有构建成功：请看上面的说明，改好后重新运行')
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(mark, now)
  say(`  网页已构建，${((Date.now() - began) / 1000).toFixed(1)} 秒`)
}

/** Builds the web pages unless they were built from these very sources. */
export const ensureWebBuild = async (node) => {
  if (existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint()) return
  await buildWeb(node)
}
