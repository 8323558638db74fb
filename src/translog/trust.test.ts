import { describe, expect, test } from 'vitest'
import { evidence } from '#tests/support/evidence.ts'
import { verifyBundle } from './bundle.ts'
import { cosigner, ed25519Signer } from './ed25519.ts'
import { fillTrust, fingerprintOf, policyOf, readTrust, trustFromLines } from './trust.ts'

const { trust, bundle } = evidence()
const [city = '', province = ''] = trust.witnesses
const seed = (byte: number) => new Uint8Array(32).fill(byte)

const faultOf = (given: typeof trust) => {
  const read = policyOf(given)
  return read.ok ? 'accepted' : read.fault
}

describe('the keys that a verifier goes by', () => {
  test('make a policy under which an honest bundle passes', () => {
    const read = policyOf(trust)
    expect(read.ok && verifyBundle(bundle, read.policy).ok).toBe(true)
  })

  test.each([
    ['a key with a letter changed', { ...trust, log: trust.log.replace('bihuan', 'bihuen') }, 'unreadable'],
    ['no key at all', { ...trust, witnesses: [city, ''] }, 'unreadable'],
    ['a witness’s key in the log’s place', { ...trust, log: city }, 'notLog'],
    ['the log’s key as a witness', { ...trust, witnesses: [trust.log] }, 'notWitness'],
    ['the same witness twice', { ...trust, witnesses: [city, city] }, 'twice'],
    [
      'one key as two witnesses',
      { ...trust, witnesses: [city, cosigner('other.example', seed(2), () => 0).vkey] },
      'twice',
    ],
    ['the log as its own witness', { ...trust, witnesses: [cosigner('w.example', seed(1), () => 0).vkey] }, 'twice'],
    ['more witnesses than there are', { ...trust, quorum: 3 }, 'quorum'],
    ['a quorum that is no number', { ...trust, quorum: Number.NaN }, 'quorum'],
  ])('%s is refused', (_, given, problem) => {
    expect(faultOf(given)).toMatchObject({ problem })
  })

  test('are taken as a person pastes them, in any order', () => {
    expect(trustFromLines(`\n${city}\r\n${trust.log}\n  ${province}\n`)).toEqual({ ...trust, quorum: 2 })
    expect(trustFromLines(`${trust.log}`)).toEqual({ log: trust.log, witnesses: [], quorum: 0 })
    expect(trustFromLines(city)).toBeUndefined()
    expect(trustFromLines(`${trust.log}\n${ed25519Signer('b.example', seed(5)).vkey}`)).toBeUndefined()
  })

  test('have a fingerprint of 128 bits in groups of four', () => {
    expect(fingerprintOf(trust.log)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    expect(fingerprintOf(trust.log)).not.toBe(fingerprintOf(city))
  })
})

describe('the page that is handed out', () => {
  const page = '<body><script type="application/json" id="trust"></script><script>verify()</script></body>'
  const inPage = (html: string) => readTrust(/id="trust">(.*?)<\/script>/.exec(html)?.[1] ?? '')

  test('carries the keys, and can be filled anew', () => {
    const filled = fillTrust(page, { log: 'a', witnesses: [], quorum: 0 })
    expect(inPage(fillTrust(filled, trust))).toEqual(trust)
  })

  test('is not broken open by what stands in a key', () => {
    const odd = { log: '</script><script>x()</script>$&$1', witnesses: ['<!--'], quorum: 1 }
    const html = fillTrust(page, odd)
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(inPage(html)).toEqual(odd)
  })

  test('without a place for them is refused', () => {
    expect(() => fillTrust('<body></body>', trust)).toThrow(RangeError)
  })

  test('that nobody filled holds no keys', () => {
    expect(inPage(page)).toBeUndefined()
    for (const other of ['null', '[]', '{"log":1,"witnesses":[],"quorum":0}', '{"log":"a","witnesses":[1],"quorum":0}'])
      expect(readTrust(other)).toBeUndefined()
  })
})
