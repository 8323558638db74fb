import { relative } from 'node:path'

/** Enough of a message to know what is wrong; the whole of it stands further up. */
const linesOfMessage = 4

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with this one
const colours = /\u001b\[[0-9;]*m/g

const beginningOf = (message) =>
  (message ?? '')
    .replace(colours, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, linesOfMessage)
    .map((line) => `✗     ${line}`)

const failed = ({ status }) => status === 'failed'

/** A file that cannot even be loaded has no test to fail: it counts as one. */
const failuresIn = (file, root) => {
  const tests = file.assertionResults.filter(failed)
  const name = relative(root, file.name)
  if (tests.length > 0)
    return tests.map(({ ancestorTitles, title, failureMessages }) => ({
      name: [name, ...ancestorTitles, title].join(' > '),
      message: failureMessages[0],
    }))
  return failed(file) ? [{ name, message: file.message }] : []
}

/** What failed, from the JSON report of a run: file and full name of each, with the beginning of what it said. */
export const failuresOf = (report, root) =>
  report.testResults
    .flatMap((file) => failuresIn(file, root))
    .map(({ name, message }) => [`✗ ${name}`, ...beginningOf(message)])
