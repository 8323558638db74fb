import { describe, expect, test } from 'vitest'
import { altered, evidence } from '#tests/support/evidence.ts'
import { type BundleFault, verifyBundle, verifyCheckpoint } from './bundle.ts'
import {
  type Explanation,
  explainFault,
  explainFork,
  explainHead,
  explainProven,
  explainTrustFault,
  isFork,
  shanghaiTime,
} from './explain.ts'

const honest = evidence()
const { bundle, policy, checkpoint } = honest

const explained = (text: string, by = policy): Explanation => {
  const verdict = verifyBundle(text, by)
  return verdict.ok ? explainProven(verdict.proven) : explainFault(verdict.fault)
}

const allWords = ({ verdict, message, facts, steps }: Explanation): string =>
  [verdict, message, ...facts.flatMap(({ label, text }) => [label, text]), ...steps].join('\n')

describe('a verdict in plain words', () => {
  test('gives times as a clock in Shanghai shows them', () => {
    expect(shanghaiTime(Date.UTC(2023, 6, 31, 1, 0, 59))).toBe('2023-07-31 09:00')
    expect(shanghaiTime(Date.UTC(2023, 11, 31, 16, 0))).toBe('2024-01-01 00:00')
  })

  test('of an honest file says where the record lies, who cosigned when, and what is not proven', () => {
    const verdict = verifyBundle(bundle, policy)
    if (!verdict.ok) throw new Error('not honest')
    const said = explainProven(verdict.proven)
    expect(said.verdict).toBe('核验通过')
    const words = allWords(said)
    for (const part of [
      honest.leafHash,
      honest.root,
      '第 614 条（共 1000 条）',
      'witness.example/city，2023-07-31 09:00',
    ])
      expect(words).toContain(part)
    expect(said.proves.join()).toContain('最迟在 2023-07-31 09:00')
    expect(said.doesNotProve.join()).toContain('不证明记录的内容属实')
  })

  test('where nobody cosigned does not claim a time', () => {
    const alone = evidence({ cosignedAt: [] })
    const verdict = verifyBundle(alone.bundle, alone.policy)
    if (!verdict.ok) throw new Error('not honest')
    const said = explainProven(verdict.proven)
    expect(said.proves.join()).not.toContain('最迟')
    expect(said.doesNotProve.join()).toContain('没有联署')
  })

  test('of an altered record names both roots and how to tell what was altered', () => {
    const text = altered(bundle, 'index 613', 'index 612')
    const verdict = verifyBundle(text, policy)
    if (verdict.ok || verdict.fault.step !== 'root') throw new Error('not refused')
    const words = allWords(explained(text))
    expect(words).toContain(verdict.fault.found)
    expect(words).toContain(honest.root)
    expect(words).toContain(honest.leafHash.slice(0, 8))
  })

  const head = { origin: 'bihuan.example/ledger/1', size: 7, root: 'ab'.repeat(32) }
  const faults: readonly BundleFault[] = [
    ...(['notText', 'tooLong', 'lineEnds', 'notProof', 'noContent', 'notCheckpoint'] as const).map(
      (problem) => ({ step: 'form', problem }) as const,
    ),
    { step: 'content', problem: 'unknownProperty', name: '备注' },
    { step: 'origin', found: 'a.example', expected: 'b.example' },
    { step: 'unknownKey', name: 'a.example', keyId: '00c0ffee', logName: 'a.example' },
    { step: 'unknownKey', name: 'w.example', keyId: '00c0ffee', logName: 'a.example' },
    ...(['missing', 'twice', 'wrong'] as const).map((problem) => ({ step: 'logSignature', problem, head }) as const),
    ...(['twice', 'wrong'] as const).map(
      (problem) => ({ step: 'cosignature', problem, witness: 'w.example', head }) as const,
    ),
    { step: 'quorum', needed: 2, cosigned: [{ witness: 'w.example', at: 0 }], missing: ['v.example'] },
    { step: 'leaf', found: 'ab'.repeat(32), expected: 'cd'.repeat(32) },
    { step: 'path', leafHash: 'ab'.repeat(32), index: 3, size: 7, hashes: 1 },
    { step: 'root', leafHash: 'ab'.repeat(32), index: 3, size: 7, found: 'cd'.repeat(32), signed: 'ef'.repeat(32) },
  ]

  test.each(faults)('of %j says what to do, in Chinese', (fault) => {
    const said = explainFault(fault)
    expect(said.steps.length).toBeGreaterThan(0)
    expect(allWords(said)).not.toMatch(/undefined|error|fault/i)
    const given = JSON.stringify(fault).match(/[0-9a-f]{64}|[a-z]\.example/g) ?? []
    for (const word of given) expect(allWords(said)).toContain(word)
  })

  test('no two faults are told in the same words', () => {
    const told = faults.map((fault) => explainFault(fault).message)
    expect(new Set(told).size).toBe(told.length)
  })
})

describe('checkpoints', () => {
  test('alone are explained as what they are', () => {
    const verdict = verifyCheckpoint(checkpoint, policy)
    if (!verdict.ok) throw new Error('not honest')
    expect(allWords(explainHead(verdict.proven))).toContain(honest.root)
  })

  test('never say that witnesses have signed where none has', () => {
    const verdict = verifyCheckpoint(checkpoint, policy)
    if (!verdict.ok) throw new Error('not honest')
    const { cosigned } = verdict.proven
    expect(explainHead(verdict.proven).proves.join()).toContain(`${cosigned.length} 家联署方签过`)
    expect(explainHead({ ...verdict.proven, cosigned: [] }).proves.join()).not.toMatch(/家联署方签过|和联署方/)
  })

  test('of one size with two roots are a fork, and both roots are named', () => {
    const [one, other] = [honest, evidence({ fork: 'x' })].map(({ checkpoint: text }) => verifyCheckpoint(text, policy))
    if (!one?.ok || !other?.ok) throw new Error('not honest')
    expect(isFork(one.proven, other.proven)).toBe(true)
    expect(isFork(one.proven, one.proven)).toBe(false)
    const words = allWords(explainFork(one.proven, other.proven))
    expect(words).toContain(one.proven.root)
    expect(words).toContain(other.proven.root)
  })
})

test('keys that cannot be used are told by their name', () => {
  const vkey = 'a.example+00c0ffee+AbCd'
  for (const problem of ['unreadable', 'notLog', 'notWitness', 'twice'] as const)
    expect(explainTrustFault({ problem, vkey })).toContain('a.example')
  expect(explainTrustFault({ problem: 'quorum', quorum: 3, witnesses: 2 })).toContain('0 到 2')
})
