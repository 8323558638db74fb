import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, root, say } from './tree.mjs'

const lockFile = join(root, 'package-lock.json')
const mark = join(root, 'node_modules', '.bihuan-lock')
const installedLock = join(root, 'node_modules', '.package-lock.json')

const packagesOf = (file) =>
  Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).filter(([path]) => path !== '')

/** `npm install` by hand leaves what we would have installed: npm's own record of node_modules says so. */
const agrees = () => {
  if (!existsSync(installedLock)) return false
  const installed = new Map(packagesOf(installedLock))
  return packagesOf(lockFile).every(([path, wanted]) =>
    installed.has(path) ? installed.get(path).version === wanted.version : wanted.optional === true,
  )
}

/** npm's `os` and `cpu`: a name or a list of names, those with `!` being shut out. */
const fits = (rule, value) => {
  const names = [rule ?? []].flat()
  const allowed = names.filter((name) => !name.startsWith('!'))
  return !names.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value))
}

const libc =
  process.platform === 'linux' ? (process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl') : ''

/** Paths of the packages that this machine gets. */
const wantedHere = () =>
  packagesOf(lockFile)
    .filter(
      ([, wanted]) => fits(wanted.os, process.platform) && fits(wanted.cpu, process.arch) && fits(wanted.libc, libc),
    )
    .map(([path]) => path)

const showProgress = () => {
  const began = Date.now()
  const wanted = wantedHere()
  const terminal = process.stderr.isTTY === true
  // Some are for no machine but a browser: npm leaves them out without saying so in the list, hence 约.
  const line = () => {
    const there = wanted.filter((path) => existsSync(join(root, path, 'package.json'))).length
    return `  已装 ${there} 个包（约 ${wanted.length} 个），${Math.round((Date.now() - began) / 1000)} 秒`
  }
  const timer = setInterval(
    () => process.stderr.write(terminal ? `\r${line()}` : `${line()}\n`),
    terminal ? 1_000 : 5_000,
  )
  return () => {
    clearInterval(timer)
    if (terminal) process.stderr.write('\n')
  }
}

/** npm as it was called, so that its version and settings stay the same; otherwise the one on the path. */
const npm = () => {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return { program: process.execPath, first: [script], shell: false }
  return { program: 'npm', first: [], shell: process.platform === 'win32' }
}

const install = () =>
  new Promise((resolve) => {
    const { program, first, shell } = npm()
    // npm itself may run on Node 20, and packages for Node 24 make it warn: only errors are shown.
    const child = spawn(program, [...first, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd: root,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Inherited settings of the npm that called us (a --json, an --omit) are not for this run.
      env: { ...process.env, NODE_ENV: 'development', npm_config_omit: '', npm_config_json: 'false' },
    })
    let said = ''
    const keep = (chunk) => {
      said = (said + chunk).slice(-4_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => resolve({ code: 1, said: error.message }))
    child.once('close', (code) => resolve({ code, said }))
  })

/** Installs what package-lock.json names, unless that very list is installed already. */
export const ensureDependencies = async () => {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  if (!agrees()) {
    say('正在安装依赖（第一次约需一两分钟）……')
    const began = Date.now()
    const done = showProgress()
    const { code, said } = await install()
    done()
    if (code !== 0) {
      say(said.trim())
      giveUp('依赖没有装好：请看上面 npm 的说明，检查网络、磁盘空间和文件夹权限后重新运行')
    }
    say(`  依赖已装好，${Math.round((Date.now() - began) / 1000)} 秒`)
  }
  try {
    writeFileSync(mark, hash)
  } catch {
    // Someone else's tree that we may only read: it is complete, the mark only saves a look.
  }
}
