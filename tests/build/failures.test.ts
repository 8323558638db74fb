import { expect, test } from 'vitest'
import { failuresOf } from '../../bin/bare/failures.mjs'

const passed = { status: 'passed', ancestorTitles: ['a list'], title: 'is sorted', failureMessages: [] }
const failed = {
  status: 'failed',
  ancestorTitles: ['a list', 'of two'],
  title: 'is short',
  failureMessages: [
    '\u001b[31mAssertionError: expected 2 to be 1\u001b[39m\n\n    at one\n    at two\n    at three\n    at four',
  ],
}

test('names every failed test with its file and the first lines of what it said, and none that passed', () => {
  const file = { name: '/house/src/list.test.ts', status: 'failed', assertionResults: [passed, failed] }
  expect(failuresOf({ testResults: [file] }, '/house')).toEqual([
    [
      '✗ src/list.test.ts > a list > of two > is short',
      '✗     AssertionError: expected 2 to be 1',
      '✗         at one',
      '✗         at two',
      '✗         at three',
    ],
  ])
})

test('names a file that could not be loaded, and says why', () => {
  const broken = { name: '/house/src/bad.test.ts', status: 'failed', message: 'SyntaxError: odd', assertionResults: [] }
  const good = { name: '/house/src/good.test.ts', status: 'passed', message: '', assertionResults: [passed] }
  expect(failuresOf({ testResults: [broken, good] }, '/house')).toEqual([
    ['✗ src/bad.test.ts', '✗     SyntaxError: odd'],
  ])
})
