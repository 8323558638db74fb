import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { bitsOf, flipEveryBit, tryFlips } from '#tests/faults/bundleFlips.ts'
import { acceptance, altered, cosignTimes, evidence } from '#tests/support/evidence.ts'
import { toBase64 } from './base64.ts'
import { readBundle, verifyBundle, verifyBundleBytes, verifyCheckpoint, writeBundle } from './bundle.ts'
import { canonicalBytes, canonicalJson, type JsonValue } from './canonicalJson.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { cosigner, ed25519Signer } from './ed25519.ts'
import { nobleSha256 } from './hasher.ts'
import { discloseFields } from './leaf.ts'
import { signLine, writeSignatureLine } from './signedNote.ts'
import { readTlogProof, writeTlogProof } from './tlogProof.ts'
import { policyOf } from './trust.ts'

const honest = evidence()
const { bundle, policy } = honest
const bytes = new TextEncoder().encode(bundle)
const seed = (byte: number) => new Uint8Array(32).fill(byte)

const faultOf = (text: string, by = policy) => {
  const verdict = verifyBundle(text, by)
  return verdict.ok ? 'accepted' : verdict.fault
}

/** The file with another `extra`, everything else as it was. */
const withExtra = (extra: string | Uint8Array | undefined): string => {
  const { extra: _, ...rest } = readTlogProof(bundle) ?? { index: 0, proof: [], checkpoint: '' }
  if (extra === undefined) return writeTlogProof(rest)
  return writeTlogProof({ ...rest, extra: typeof extra === 'string' ? new TextEncoder().encode(extra) : extra })
}

const disclosure = JSON.parse(new TextDecoder().decode(readTlogProof(bundle)?.extra))

describe('an honest bundle', () => {
  test('proves the record, its place, the root and who cosigned when', () => {
    const verdict = verifyBundle(bundle, policy)
    expect(verdict).toMatchObject({
      ok: true,
      proven: {
        origin: 'bihuan.example/ledger/1',
        index: 613,
        size: 1000,
        root: honest.root,
        leafHash: honest.leafHash,
        withheld: ['actor', 'provenance'],
        cosigned: [
          { witness: 'witness.example/city', at: cosignTimes[0] },
          { witness: 'witness.example/province', at: cosignTimes[1] },
        ],
      },
    })
    const shown = verdict.ok ? verdict.proven.disclosed : []
    expect(Object.fromEntries(shown.map(({ name, value }) => [name, value]))).toEqual(
      Object.fromEntries(Object.entries(acceptance).filter(([name]) => name !== 'actor' && name !== 'provenance')),
    )
  })

  test('is a plain C2SP tlog-proof whose extra is the canonical disclosure', () => {
    expect(bundle.startsWith('c2sp.org/tlog-proof@v1\nextra ')).toBe(true)
    expect(Object.keys(disclosure)).toEqual(['disclosed', 'withheld'])
    expect(canonicalJson(disclosure)).toBe(new TextDecoder().decode(readTlogProof(bundle)?.extra))
  })

  test('is verified in well under two seconds by pure JavaScript', () => {
    const began = performance.now()
    expect(verifyBundle(bundle, policy).ok).toBe(true)
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('of any record at any place in a tree of any size is read back and proven', { timeout: 60_000 }, () => {
    const json = fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)))
    const fields = fc.dictionary(fc.string({ minLength: 1 }), json, { minKeys: 1, maxKeys: 6 })
    fc.assert(
      fc.property(fields, fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (record, size, at, mask) => {
        const names = Object.keys(record)
        const one = evidence({
          size,
          index: at % size,
          fields: record,
          shown: new Set(names.filter((_, number) => (mask >> number) % 2 === 1)),
          curve: nodeEd25519,
        })
        const verdict = verifyBundle(one.bundle, one.policy)
        expect(verdict.ok && verdict.proven.leafHash).toBe(one.leafHash)
        const read = readBundle(one.bundle)
        expect(read.ok && writeBundle(read.bundle)).toBe(one.bundle)
      }),
      { numRuns: 60 },
    )
  })

  test('of the leaf that a receipt names passes, of another one is told with both hashes', () => {
    expect(verifyBundle(bundle, policy, nobleSha256, honest.leafHash).ok).toBe(true)
    const other = 'ab'.repeat(32)
    expect(verifyBundle(bundle, policy, nobleSha256, other)).toEqual({
      ok: false,
      fault: { step: 'leaf', found: honest.leafHash, expected: other },
    })
  })
})

describe('what is not in the form of a bundle', () => {
  test.each([
    ['an empty text', '', 'notProof'],
    ['a checkpoint', honest.checkpoint, 'notProof'],
    ['line ends of Windows', bundle.replaceAll('\n', '\r\n'), 'lineEnds'],
    ['a byte order mark', `\ufeff${bundle}`, 'notProof'],
    ['a proof without content', withExtra(undefined), 'noContent'],
    ['a million and one characters', 'x'.repeat(1_000_001), 'tooLong'],
    ['a checkpoint that is none', altered(bundle, /\n\n[^\n]+\n/, '\n\n'), 'notCheckpoint'],
  ])('%s is refused', (_, text, problem) => {
    expect(faultOf(text)).toEqual({ step: 'form', problem })
  })

  test('bytes that are not UTF-8 are refused', () => {
    const torn = bytes.slice()
    torn[40] = 0xff
    expect(verifyBundleBytes(torn, policy)).toEqual({ ok: false, fault: { step: 'form', problem: 'notText' } })
  })
})

describe('content that could say more than is vouched for', () => {
  const { disclosed, withheld } = disclosure
  const [first, second, ...rest] = disclosed
  test.each([
    ['bytes that are not UTF-8', Uint8Array.of(0xff), { problem: 'notUtf8' }],
    ['no JSON', '{', { problem: 'notJson' }],
    ['a space', JSON.stringify(disclosure, null, 1), { problem: 'notCanonical' }],
    ['the same property twice', `{"disclosed":[],"disclosed":[],"withheld":{}}`, { problem: 'notCanonical' }],
    ['a lone surrogate', '{"disclosed":[],"withheld":{"\\ud800":"x"}}', { problem: 'notCanonical' }],
    ['nested beyond measure', '['.repeat(200_000) + ']'.repeat(200_000), { problem: 'tooDeep' }],
    ['a list', canonicalBytes([]), { problem: 'shape' }],
    ['nothing', canonicalBytes({ disclosed: [], withheld: {} }), { problem: 'empty' }],
    [
      'a property of no use',
      canonicalBytes({ ...disclosure, note: '已核实' }),
      { problem: 'unknownProperty', name: 'note' },
    ],
    [
      'a property of no use in a field',
      canonicalBytes({ disclosed: [{ ...first, comment: '' }], withheld }),
      { problem: 'unknownProperty', name: 'comment' },
    ],
    [
      'a field twice',
      canonicalBytes({ disclosed: [first, first], withheld }),
      { problem: 'nameTwice', name: first.name },
    ],
    [
      'a field shown and withheld',
      canonicalBytes({ disclosed, withheld: { ...withheld, [first.name]: withheld.actor } }),
      { problem: 'nameTwice', name: first.name },
    ],
    [
      'fields in another order',
      canonicalBytes({ disclosed: [second, first, ...rest], withheld }),
      { problem: 'order', name: first.name },
    ],
    [
      'a salt that is too short',
      canonicalBytes({ disclosed: [{ ...first, salt: 'AAAA' }], withheld }),
      { problem: 'salt', name: first.name },
    ],
    [
      'a commitment that is none',
      canonicalBytes({ disclosed, withheld: { actor: 'x' } }),
      { problem: 'commit', name: 'actor' },
    ],
  ])('%s is refused', (_, extra, fault) => {
    expect(faultOf(withExtra(extra))).toEqual({ step: 'content', ...fault })
  })

  test('a name that JavaScript treats in its own way is a name like any other', () => {
    const fields: Record<string, JsonValue> = JSON.parse('{"__proto__":{"x":1},"constructor":null,"toString":"是"}')
    for (const shown of [new Set<string>(), new Set(Object.keys(fields))]) {
      const one = evidence({ fields, shown })
      expect(verifyBundle(one.bundle, one.policy).ok).toBe(true)
    }
  })
})

describe('a record that was altered', () => {
  const changedRecord = (change: (value: string) => string): string =>
    withExtra(change(new TextDecoder().decode(readTlogProof(bundle)?.extra)))

  test.each([
    ['a word of the record', (text: string) => altered(text, '复测合格', '复测不合格')],
    ['the time of receipt', (text: string) => altered(text, '2023-07-31T01:00', '2023-07-01T01:00')],
    ['a salt', (text: string) => altered(text, /"salt":"./, '"salt":"0')],
    ['the commitment of what is withheld', (text: string) => altered(text, /"actor":"./, '"actor":"0')],
    ['the name of what is withheld', (text: string) => altered(text, '"actor"', '"actos"')],
  ])('in %s leads to another root, and both are named', (_, change) => {
    const fault = faultOf(changedRecord(change))
    expect(fault).toMatchObject({ step: 'root', index: 613, size: 1000, signed: honest.root })
    if (fault === 'accepted' || fault.step !== 'root') throw new Error('not reached')
    expect(fault.found).toMatch(/^[0-9a-f]{64}$/)
    expect(fault.found).not.toBe(honest.root)
    expect(fault.leafHash).not.toBe(honest.leafHash)
  })

  test('by leaving a withheld field out is refused as well', () => {
    const { provenance: _, ...others } = disclosure.withheld
    expect(faultOf(withExtra(canonicalBytes({ ...disclosure, withheld: others })))).toMatchObject({ step: 'root' })
  })

  test('in its place, or by a proof of another length, is refused', () => {
    expect(faultOf(altered(bundle, 'index 613', 'index 612'))).toMatchObject({
      step: 'root',
      leafHash: honest.leafHash,
      index: 612,
    })
    expect(faultOf(altered(bundle, 'index 613', 'index 1000'))).toMatchObject({ step: 'path', index: 1000, size: 1000 })
    expect(faultOf(altered(bundle, /(index 613\n)[^\n]+\n/, '$1'))).toMatchObject({ step: 'path', hashes: 9 })
  })
})

describe('signatures', () => {
  const note = readCheckpoint(honest.checkpoint)
  const text = note?.note.text ?? ''
  const lines = (note?.note.signatures ?? []).map(writeSignatureLine)
  const [byLog = '', byCity = '', byProvince = ''] = lines
  const withLines = (...these: readonly string[]): string => bundle.replace(lines.join(''), these.join(''))

  test('of another log are told with both names', () => {
    expect(faultOf(evidence({ origin: 'other.example/log' }).bundle)).toEqual({
      step: 'origin',
      found: 'other.example/log',
      expected: 'bihuan.example/ledger/1',
    })
  })

  test('by a key of the same name that is not the known one are told with its id', () => {
    const impostor = ed25519Signer('bihuan.example/ledger/1', seed(77))
    expect(faultOf(withLines(writeSignatureLine(signLine(impostor, text))))).toMatchObject({
      step: 'unknownKey',
      name: 'bihuan.example/ledger/1',
      keyId: impostor.vkey.split('+')[1],
    })
  })

  test('by a witness that nobody knows are refused, though enough others signed', () => {
    const stranger = cosigner('stranger.example', seed(78), () => 1)
    expect(faultOf(withLines(...lines, writeSignatureLine(signLine(stranger, text))))).toMatchObject({
      step: 'unknownKey',
      name: 'stranger.example',
    })
  })

  test('of the log that are missing, doubled or made over another text are refused', () => {
    expect(faultOf(withLines(byCity, byProvince))).toMatchObject({ step: 'logSignature', problem: 'missing' })
    expect(faultOf(withLines(byLog, ...lines))).toMatchObject({ step: 'logSignature', problem: 'twice' })
    expect(faultOf(altered(bundle, '\n1000\n', '\n1001\n'))).toMatchObject({
      step: 'logSignature',
      problem: 'wrong',
      head: { size: 1001, root: honest.root },
    })
  })

  test('of a witness that are made over another text, or doubled with another time, are refused', () => {
    const other = evidence({ size: 999, index: 5, cosignedAt: [1, 2] })
    const [, foreign] = other.checkpoint.split('\n').filter((line) => line.startsWith('—'))
    expect(faultOf(withLines(byLog, `${foreign}\n`, byProvince))).toMatchObject({
      step: 'cosignature',
      problem: 'wrong',
      witness: 'witness.example/city',
    })
    const later = cosigner('witness.example/city', seed(2), () => 1_700_000_000)
    expect(faultOf(withLines(...lines, writeSignatureLine(signLine(later, text))))).toMatchObject({
      step: 'cosignature',
      problem: 'twice',
    })
  })

  test('of fewer witnesses than asked for are refused with the names of those that are missing', () => {
    expect(faultOf(withLines(byLog, byProvince))).toEqual({
      step: 'quorum',
      needed: 2,
      cosigned: [{ witness: 'witness.example/province', at: cosignTimes[1] }],
      missing: ['witness.example/city'],
    })
    expect(verifyBundle(withLines(byLog, byProvince), { ...policy, quorum: 1 }).ok).toBe(true)
    expect(faultOf(bundle, { ...policy, quorum: Number.NaN })).toMatchObject({ step: 'quorum' })
  })

  test('come back with the witness that cosigned first in front, in whatever order they stand', () => {
    const verdict = verifyBundle(withLines(byProvince, byCity, byLog), policy)
    expect(verdict.ok && verdict.proven.cosigned.map(({ at }) => at)).toEqual(cosignTimes)
  })

  test('of a checkpoint alone are judged in the same way', () => {
    expect(verifyCheckpoint(honest.checkpoint, policy)).toMatchObject({ ok: true, proven: { root: honest.root } })
    expect(verifyCheckpoint(`${honest.checkpoint}\n`, policy)).toEqual({
      ok: false,
      fault: { step: 'form', problem: 'notCheckpoint' },
    })
  })

  test('of a fork made with the log’s own key pass alone and differ in the root at the same size', () => {
    const fork = evidence({ fork: 'x' })
    expect(fork.root).not.toBe(honest.root)
    expect(verifyBundle(fork.bundle, policy).ok).toBe(true)
  })
})

describe('flipped bits', () => {
  const fast = policyOf(honest.trust, nodeEd25519)
  if (!fast.ok) throw new Error('the keys are good')

  test('2,000 of the file’s bits, drawn at random: each flip is refused', { timeout: 120_000 }, () => {
    const drawn = fc.sample(fc.nat({ max: bitsOf(bytes) - 1 }), 2_000)
    expect(tryFlips(bytes, drawn, fast.policy)).toEqual({ tried: 2_000, accepted: [] })
  })

  test('every bit of a small file: each flip is refused', { timeout: 120_000 }, () => {
    const small = evidence({ size: 2, index: 1, fields: { kind: 'hazard.report' }, shown: new Set(['kind']) })
    const smallBytes = new TextEncoder().encode(small.bundle)
    expect(flipEveryBit(smallBytes, fast.policy)).toEqual({ tried: smallBytes.length * 8, accepted: [] })
  })

  test('a verifier that passed over what it does not know would be found out', () => {
    const lax = { ...fast.policy, log: { ...fast.policy.log, verifies: () => true } }
    expect(
      flipEveryBit(bytes, { ...lax, witnesses: fast.policy.witnesses.map((one) => ({ ...one, verifies: () => true })) })
        .accepted.length,
    ).toBeGreaterThan(0)
  })

  test('cut short anywhere, or with anything behind it, the file is refused', () => {
    for (let length = 0; length < bytes.length; length += 7)
      expect(verifyBundleBytes(bytes.subarray(0, length), fast.policy).ok).toBe(false)
    for (const tail of ['\n', ' ', 'x', '\0', bundle]) expect(verifyBundle(bundle + tail, fast.policy).ok).toBe(false)
  })
})

describe('writing', () => {
  test('a disclosure that would not be read back throws', () => {
    const { index, proof, checkpoint } = honest
    const again = { ...discloseFields({ kind: 'x' }, seed(9), new Set(['kind'])), withheld: { kind: 'A'.repeat(43) } }
    expect(() => writeBundle({ disclosure: again, index, proof, checkpoint })).toThrow(RangeError)
  })

  test('a tree signed by the log alone has no witness and passes where none is asked for', () => {
    const log = ed25519Signer('bihuan.example/ledger/1', seed(1))
    const alone = writeCheckpoint(signCheckpoint({ origin: log.name, size: 1, root: seed(0) }, log))
    expect(verifyCheckpoint(alone, { ...policy, quorum: 0 })).toMatchObject({ ok: true, proven: { cosigned: [] } })
    expect(toBase64(seed(0))).toBe(alone.split('\n')[2])
  })
})
