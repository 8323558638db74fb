import { defineConfig } from 'vitest/config'

const tests = ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts']
/** Tests of what is pure start no database server; neither do those in which strangers judge it. */
const pure = ['src/domain/**', 'src/rulebook/**', 'src/translog/**', 'src/contract/**', 'src/web/**', 'tests/judges/**']
/** `npm test` says loudly that these did not run where there is no Chromium. */
const browser = process.env.TEST_WITHOUT_BROWSER ? ['tests/browser/**'] : []

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'rules', include: pure.map((folder) => `${folder}/*.test.{ts,tsx}`) } },
      {
        extends: true,
        test: {
          name: 'house',
          include: tests,
          exclude: ['node_modules/**', ...pure, ...browser],
          globalSetup: ['tests/support/testServer.ts'],
        },
      },
    ],
  },
})
