import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { type Applied, type Attack, file, type Kind, type Scene } from './attack.ts'

type Part = 'tile' | 'bundle' | 'checkpoint' | 'journal'
const parts: readonly Part[] = ['tile', 'bundle', 'checkpoint', 'journal']

const partOf = (path: string): Part =>
  path.startsWith('journal/')
    ? 'journal'
    : path.startsWith('public/tile/entries/')
      ? 'bundle'
      : path.startsWith('public/tile/')
        ? 'tile'
        : 'checkpoint'

const drawFile = ({ files, draw }: Scene, part: Part): string | undefined => {
  const all = files.list(part === 'journal' ? 'journal' : 'public').filter((path) => partOf(path) === part)
  const path = draw.of(all)
  if (path === undefined || !draw.claim(path)) return undefined
  return path
}

/** Gives the file's new bytes, or undefined where the file is left alone. */
type Edit = (bytes: Buffer, scene: Scene) => Buffer | undefined

const edit = (kind: Kind, what: string, part: Part, change: Edit): Attack => ({
  kind,
  name: `${what} ${part} file`,
  strike: async (scene): Promise<Applied | undefined> => {
    const path = drawFile(scene, part)
    if (path === undefined) return undefined
    const before = scene.files.read(path)
    const after = change(before, scene)
    if (!after || after.equals(before)) return undefined
    writeFileSync(scene.files.path(path), after)
    return { what: path, victims: [file(path)], reach: 'folder' }
  },
})

const flipBit: Edit = (bytes, { draw }) => {
  const copy = Buffer.from(bytes)
  const at = draw.below(copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << draw.below(8))
  return copy
}

const swapLines: Edit = (bytes, { draw }) => {
  const lines = bytes.toString('utf8').split('\n').slice(0, -1)
  const [a, b] = [draw.below(lines.length), draw.below(lines.length)]
  const [one, other] = [lines[a], lines[b]]
  if (a === b || one === undefined || other === undefined) return undefined
  return Buffer.from(`${lines.with(a, other).with(b, one).join('\n')}\n`)
}

const dropLine: Edit = (bytes, { draw }) => {
  const lines = bytes.toString('utf8').split('\n').slice(0, -1)
  return Buffer.from(`${lines.toSpliced(draw.below(lines.length), 1).join('\n')}\n`)
}

const repeatLine: Edit = (bytes, { draw }) => {
  const lines = bytes.toString('utf8').split('\n').slice(0, -1)
  const at = draw.below(lines.length)
  return Buffer.from(`${lines.toSpliced(at, 0, lines[at] ?? '').join('\n')}\n`)
}

const remove = (part: Part): Attack => ({
  kind: 'delete',
  name: `a ${part} file`,
  strike: async (scene) => {
    const path = drawFile(scene, part)
    if (path === undefined) return undefined
    rmSync(scene.files.path(path))
    return { what: path, victims: [file(path)], reach: 'folder' }
  },
})

const cut = (part: Part): Attack => ({
  kind: 'truncate',
  name: `a ${part} file`,
  strike: async (scene) => {
    const path = drawFile(scene, part)
    if (path === undefined) return undefined
    truncateSync(scene.files.path(path), scene.draw.below(scene.files.read(path).length))
    return { what: path, victims: [file(path)], reach: 'folder' }
  },
})

/** Two hashes of one tile: the tile keeps its length, and every hash of it is one of the log's. */
const swapHashes: Edit = (bytes, { draw }) => {
  const [a, b] = [draw.below(bytes.length / 32) * 32, draw.below(bytes.length / 32) * 32]
  if (a === b) return undefined
  const copy = Buffer.from(bytes)
  bytes.copy(copy, a, b, b + 32)
  bytes.copy(copy, b, a, a + 32)
  return copy
}

export const fileAttacks: readonly Attack[] = [
  ...parts.map((part) => edit('flip', 'one bit of a', part, flipBit)),
  ...parts.map(remove),
  ...parts.map(cut),
  edit('insert', 'a byte at the end of a', 'tile', (bytes) => Buffer.concat([bytes, Buffer.of(0)])),
  edit('insert', 'a byte at the end of a', 'bundle', (bytes) => Buffer.concat([bytes, Buffer.of(0)])),
  edit('insert', 'a line into a', 'journal', repeatLine),
  edit('delete', 'a line of a', 'journal', dropLine),
  edit('swap', 'two lines of a', 'journal', swapLines),
  edit('edit tiles', 'two hashes of a', 'tile', swapHashes),
]
