import { Command } from 'commander'
import { addBackup } from './backup.ts'
import { describeFailure, exitCode, Misused } from './failure.ts'
import { addImport } from './import.ts'
import { addLedger } from './ledger/ledger.ts'
import { addLogin } from './login.ts'
import { addMigrate } from './migrate.ts'
import { addPlans } from './plans/plans.ts'
import { addRebuild } from './rebuild.ts'
import { addRestore } from './restore.ts'
import { addRulebook } from './rulebook/rulebook.ts'
import { say } from './say.ts'
import { addServe } from './serve/serve.ts'
import { addSetup } from './setup.ts'
import { isUsageEnd, speakChinese, usageEnd } from './usage.ts'
import { addVerify } from './verify/verify.ts'

const version = '0.1.0'

const build = (): Command => {
  const program = speakChinese(new Command('bihuan'))
    .description('闭环：非煤矿山重大事故隐患专项排查整治')
    .version(version, '-V, --version', '显示版本')
  addServe(program)
  addSetup(program)
  addLogin(program)
  addImport(program)
  addMigrate(program)
  addRulebook(program)
  addPlans(program)
  addRebuild(program)
  addBackup(program)
  addRestore(program)
  addLedger(program)
  addVerify(program)
  return program
}

const run = async (argv: readonly string[]): Promise<number> => {
  try {
    await build().parseAsync(argv)
    return process.exitCode === exitCode.failed ? exitCode.failed : exitCode.done
  } catch (error) {
    if (isUsageEnd(error)) {
      const { code, line } = usageEnd(error)
      if (line) say(line)
      return code
    }
    say(describeFailure(error))
    if (argv.includes('--verbose') && error instanceof Error) say(error.stack ?? '')
    return error instanceof Misused ? exitCode.usage : exitCode.failed
  }
}

const code = await run(process.argv)
// Answers on a pipe are written before the program ends.
process.stdout.write('', () => process.exit(code))
