import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, root } from './tree.mjs'

const wanted = 24

const shipped = () => {
  const windows = process.platform === 'win32'
  const folder = `node-${windows ? 'win' : process.platform}-${process.arch}`
  return join(root, 'node_modules', folder, 'bin', windows ? 'node.exe' : 'node')
}

/** Node 24 to run the program on: this one if it is, else the one that came with the dependencies. */
export const findNode24 = () => {
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  const program = shipped()
  if (existsSync(program)) return program
  giveUp(
    `运行需要 Node.js ${wanted} 或更新的版本，当前是 ${process.versions.node}，` +
      `依赖中也没有本机（${process.platform} ${process.arch}）可用的；请从 nodejs.org 安装 Node.js ${wanted} 后重新运行`,
  )
}
