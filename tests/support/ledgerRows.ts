import fc from 'fast-check'
import { addDays } from '#domain/calendarDate.ts'
import { importedBody, type Told } from '#domain/hazard/acts/imported.ts'
import { ledgerSources } from '#domain/hazard/source.ts'
import { mineId, person, today } from '#tests/support/hazardStream.ts'

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })
const words = fc.constantFrom('北帮坡脚', '清理浮石', '已处置')

/** A row of an older ledger: its days lie in the past, mostly in their order; half of its cells are filled. */
export const arbitraryLedgerRow = (around: string = today): fc.Arbitrary<Told> => {
  const ago = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => addDays(around, -days))
  const five = {
    measures: words,
    responsible: fc.constantFrom(person(1), person(2)),
    funds: fc.nat({ max: 1_000_000 }),
    deadline: fc.integer({ min: -60, max: 60 }).map((days) => addDays(around, days)),
    contingencyPlan: words,
  }
  const grade = fc.constantFrom(
    {},
    { grade: 'general' },
    { grade: 'general' },
    { grade: 'major', criteria: ['OP-06'] },
    { grade: 'major' },
    { grade: 'general', criteria: ['OP-03'] },
  )
  const assigned = fc.oneof(fc.constant({}), fc.record(five), fc.record(five, { requiredKeys: [] }))
  const rest = fc.record({
    on: ago(30, 90),
    mineId: fc.constant(mineId),
    source: fc.constantFrom(...(Object.keys(ledgerSources) as (keyof typeof ledgerSources)[])),
    description: words,
    place: sometimes(words),
    spent: sometimes(fc.nat({ max: 1_000_000 })),
    goal: sometimes(words),
    method: sometimes(words),
    resources: sometimes(words),
    organisation: sometimes(words),
    schedule: sometimes(words),
    safeguards: sometimes(words),
    state: fc.constantFrom('open', 'closed'),
    finishedOn: sometimes(ago(20, 32)),
    recheckedOn: sometimes(ago(10, 22)),
    recheckResult: sometimes(fc.constantFrom('pass', 'pass', 'fail')),
    rechecker: sometimes(fc.constantFrom(person(1), person(2), person(3))),
    closedOn: sometimes(ago(0, 12)),
    listingLevel: sometimes(fc.constantFrom('district', 'city')),
    listingNumber: sometimes(words),
    tracker: sometimes(fc.constant(person(8))),
    listingDeadline: sometimes(ago(0, 10)),
    ledgerNumber: sometimes(fc.constant('YH-1')),
    word: sometimes(fc.constant('原台账如此')),
  })
  return fc.tuple(rest, grade, assigned).map((parts) => importedBody.parse(Object.assign({}, ...parts)))
}
