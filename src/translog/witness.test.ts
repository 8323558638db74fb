import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeAddCheckpoint } from './addCheckpoint.ts'
import { type Checkpoint, checkpointText, signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { cosigner, ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { nobleSha256 } from './hasher.ts'
import { rootOf } from './merkle.ts'
import { planConsistency } from './proof.ts'
import {
  readVkey,
  type Signer,
  signLine,
  signNote,
  type Verifier,
  writeNote,
  writeSignatureLine,
} from './signedNote.ts'
import { tilePath } from './tile.ts'
import { contradicts, cosignatureIn, judgeSubmission, readSubmission, type Submission } from './witness.ts'

const origin = 'bihuan/test/1'
const log = ed25519Signer(origin, new Uint8Array(32).fill(7))

const verifierOf = ({ vkey }: Signer): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error(vkey)
  return verifier
}

const leaf = (index: number, salt = 0): Uint8Array => nobleSha256(Uint8Array.of(0, salt, index >> 8, index & 255))
const leaves = (size: number, salt = 0) => Array.from({ length: size }, (_, index) => leaf(index, salt))
const head = (size: number, salt = 0): Checkpoint => ({ origin, size, root: rootOf(leaves(size, salt)) })

const proofBetween = (older: number, newer: number, salt = 0) => {
  const plan = planConsistency(older, newer)
  const all = leaves(newer, salt)
  const tiles = new Map(
    plan.tiles.map((at) => [tilePath(at), all.slice(at.index * 256, at.index * 256 + at.width)] as const),
  )
  return plan.proofFrom(tiles)
}

const utf8 = new TextEncoder()

const submission = (
  oldSize: number,
  checkpoint: Checkpoint,
  {
    proof = proofBetween(oldSize, checkpoint.size),
    signers = [log],
  }: { proof?: readonly Uint8Array[]; signers?: Signer[] } = {},
): Submission => {
  const written = writeCheckpoint(signCheckpoint(checkpoint, ...signers))
  const read = readSubmission(utf8.encode(writeAddCheckpoint({ oldSize, proof, checkpoint: written })))
  if (!read) throw new Error('not read')
  return read
}

const judge = (sent: Submission, last?: Checkpoint) => judgeSubmission(sent, verifierOf(log), last)

describe('联署方怎么答', () => {
  test('第一次：旧大小为零、没有证明，签', () => {
    expect(judge(submission(0, head(5), { proof: [] }))).toBe('cosign')
  })

  test('接得上的，签；证明差一个字节，不签', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 60 }), fc.nat(), (older, more, at) => {
        const sent = submission(older, head(older + more))
        expect(judge(sent, head(older))).toBe('cosign')
        if (sent.proof.length === 0) return
        const broken = sent.proof.map((hash, index) =>
          index === at % sent.proof.length ? hash.map((byte, place) => (place === at % 32 ? byte ^ 1 : byte)) : hash,
        )
        expect(judge({ ...sent, proof: broken }, head(older))).toBe('unproven')
      }),
      { numRuns: 60 },
    )
  })

  test('旧大小不是上次联署的大小，不签', () => {
    expect(judge(submission(3, head(9)), head(4))).toBe('otherSize')
    expect(judge(submission(3, head(9)))).toBe('otherSize')
    expect(judge(submission(0, head(9), { proof: [] }), head(4))).toBe('otherSize')
  })

  test('旧大小比交来的快照还大，不签', () => {
    expect(judge(submission(9, head(4), { proof: [] }), head(9))).toBe('oldIsLarger')
  })

  test('同样大小、另一个根：就是两本账，旧大小写什么都一样', () => {
    expect(judge(submission(4, head(4, 1), { proof: [] }), head(4))).toBe('forked')
    const other = submission(2, head(4, 1))
    expect(judge(other, head(4))).toBe('otherSize')
    expect(contradicts(other, head(4))).toBe(true)
  })

  test('从没联署过，空树只有一个根', () => {
    expect(judge(submission(0, { ...head(0), root: leaf(1) }, { proof: [] }))).toBe('forked')
    expect(judge(submission(0, head(0), { proof: [] }))).toBe('cosign')
  })

  test('旧大小为零或者大小没变，却附了证明，不签', () => {
    expect(judge(submission(0, head(4), { proof: [leaf(0)] }))).toBe('unproven')
    expect(judge(submission(4, head(4), { proof: [leaf(0)] }), head(4))).toBe('unproven')
  })

  test('用本日志的钥匙把前面改写后再长大，证明不了', () => {
    expect(judge(submission(4, head(9, 1), { proof: proofBetween(4, 9, 1) }), head(4))).toBe('unproven')
  })

  test('不认识的钥匙签的不算；认识的和不认识的一起签，算', () => {
    const stranger = ed25519Signer(origin, new Uint8Array(32).fill(8))
    expect(judge(submission(0, head(4), { proof: [], signers: [stranger] }))).toBe('notSigned')
    expect(judge(submission(0, head(4), { proof: [], signers: [stranger, log] }))).toBe('cosign')
  })
})

describe('请求的写法', () => {
  const good = writeAddCheckpoint({
    oldSize: 3,
    proof: proofBetween(3, 5),
    checkpoint: writeCheckpoint(signCheckpoint(head(5), log)),
  })

  test.each([
    ['空的', ''],
    ['没有旧大小', good.replace('old 3\n', '')],
    ['旧大小前面多了零', good.replace('old 3', 'old 03')],
    ['旧大小是负的', good.replace('old 3', 'old -3')],
    ['证明不是散列', good.replace('old 3\n', 'old 3\nAAAA\n')],
    ['少了空行', good.replace('\n\n', '\n')],
    ['没有签名', good.slice(0, good.lastIndexOf('—'))],
    ['结尾少了换行', good.slice(0, -1)],
    ['快照大小不是数', good.replace('\n5\n', '\nfive\n')],
    ['超过63行证明', good.replace('old 3\n', `old 3\n${'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'.repeat(63)}`)],
  ])('%s：读不出来', (_, text) => {
    expect(readSubmission(utf8.encode(good))).toBeDefined()
    expect(text).not.toBe(good)
    expect(readSubmission(utf8.encode(text))).toBeUndefined()
  })

  test('不是 UTF-8：读不出来', () => {
    expect(readSubmission(Uint8Array.of(...utf8.encode(good), 0xff))).toBeUndefined()
  })

  test('快照后面带着别人的扩展行：照样读，签的是全文', () => {
    const text = `${checkpointText(head(5))}extension\n`
    const written = writeNote(signNote(text, log))
    const read = readSubmission(utf8.encode(writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: written })))
    expect(read?.checkpoint.size).toBe(5)
    expect(read?.note.text).toBe(text)
  })
})

describe('日志从回答里收什么', () => {
  const text = checkpointText(head(5))
  const witness = cosigner('city.example/w', new Uint8Array(32).fill(9), () => 1_700_000_000)
  const stranger = cosigner('city.example/w', new Uint8Array(32).fill(10), () => 1_700_000_000)
  const line = (signer: Signer, of = text) => writeSignatureLine(signLine(signer, of))

  test('只收登记过的钥匙签在这一份上的那一行', () => {
    const found = cosignatureIn(line(stranger) + line(witness), text, verifierOf(witness))
    expect(found && writeSignatureLine(found)).toBe(line(witness))
  })

  test('别人的钥匙、签在另一份上的、不成行的，都不收', () => {
    for (const lines of [line(stranger), line(witness, checkpointText(head(6))), 'ok\n', ''])
      expect(cosignatureIn(lines, text, verifierOf(witness))).toBeUndefined()
  })
})
