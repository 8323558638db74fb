import { readFile, stat } from 'node:fs/promises'
import { type RecordRow, recordRows, sealedLabel } from '#domain/ledger/recordRows.ts'
import { recordWords } from '#domain/ledger/recordWords.ts'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type BundleVerdict, mostCharacters, readBundle, verifyBundleBytes } from '#translog/bundle.ts'
import {
  type Explanation,
  explainFault,
  explainProven,
  explainTrustFault,
  type ProvenExplanation,
  shanghaiTime,
} from '#translog/explain.ts'
import type { Disclosure } from '#translog/leaf.ts'
import { policyOf, type Trust } from '#translog/trust.ts'
import { textOf } from '#translog/utf8.ts'
import { Misused } from '../failure.ts'

/** What is known of one evidence file: for a person in `said` and `record`, for a program in `verdict`. */
export type BundleReport = {
  readonly path: string
  readonly ok: boolean
  readonly said: Explanation | ProvenExplanation
  /** What the file says; vouched for only where `ok`. */
  readonly record: readonly RecordRow[]
  readonly withheld: readonly string[]
  readonly verdict: BundleVerdict
}

const claimedIn = (bytes: Uint8Array): Disclosure | undefined => {
  const text = textOf(bytes)
  const read = text === undefined ? undefined : readBundle(text)
  return read?.ok ? read.bundle.disclosure : undefined
}

const timeOf = (iso: string): string => shanghaiTime(Date.parse(iso))

const judge = async (path: string, trust: Trust, knownLeaf: string | undefined) => {
  const policy = policyOf(trust, nodeEd25519)
  if (!policy.ok) throw new Misused(explainTrustFault(policy.fault))
  // What is longer than any evidence file is refused unread: it may be a disk image.
  const { size } = await stat(path)
  const bytes = size > mostCharacters * 3 ? undefined : await readFile(path)
  const verdict: BundleVerdict = bytes
    ? verifyBundleBytes(bytes, policy.policy, nodeSha256, knownLeaf)
    : { ok: false, fault: { step: 'form', problem: 'tooLong' } }
  return { verdict, claimed: bytes && claimedIn(bytes) }
}

/**
 * Verifies an evidence file under the keys, offline. `knownLeaf` is the leaf hash in hex that a receipt or a slip bears.
 * Throws Misused for keys that cannot be used, and what the file system throws for a file that is not there.
 */
export const verifyBundleFile = async (path: string, trust: Trust, knownLeaf?: string): Promise<BundleReport> => {
  const { verdict, claimed } = await judge(path, trust, knownLeaf)
  return {
    path,
    ok: verdict.ok,
    said: verdict.ok ? explainProven(verdict.proven) : explainFault(verdict.fault),
    record: recordRows(claimed?.disclosed ?? [], recordWords(), timeOf),
    withheld: Object.keys(claimed?.withheld ?? {}),
    verdict,
  }
}

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

const rows = (list: readonly { readonly label: string; readonly text: string }[]): readonly string[] =>
  list.map(({ label, text }) => `${label}：${text.replace(/\s+/g, ' ')}`)

/** The report as a person reads it in a terminal. */
export const bundleReportText = ({ path, ok, said, record, withheld }: BundleReport): string =>
  [
    `${ok ? '✓' : '✗'} ${said.verdict}（${path}）`,
    said.message,
    ...titled(ok ? '记录写的是' : '文件自称的内容（没有通过核验，不能当真）', rows(record)),
    ...titled('没有出示', withheld.map(sealedLabel)),
    ...titled('核对用的数字', rows(said.facts)),
    ...('proves' in said ? [...titled('证明了什么', said.proves), ...titled('不能证明什么', said.doesNotProve)] : []),
    ...titled('怎么办', said.steps),
  ].join('\n')
