import { type Command, CommanderError } from 'commander'
import { exitCode } from './failure.ts'

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
}

/** Help in Chinese, misuse told in one line; subcommands inherit it. */
export const speakChinese = (program: Command): Command =>
  program
    .exitOverride()
    .helpOption('-h, --help', '显示说明')
    .helpCommand('help [命令]', '显示一个命令的说明')
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      helpWidth: 100,
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: (usage) => usage.replace('[options]', '[选项]').replace('[command]', '<命令>'),
      subcommandTerm: (command) =>
        [
          command.name(),
          ...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`)),
        ].join(' '),
      optionDescription: (option) => option.description,
    })

const misuse: Readonly<Record<string, (what: string) => string>> = {
  'commander.unknownOption': (what) => `不认识的选项 ${what}`,
  'commander.unknownCommand': (what) => `没有 ${what} 这个命令`,
  'commander.missingArgument': (what) => `缺少参数 <${what}>`,
  'commander.optionMissingArgument': (what) => `选项 ${what} 后面要写值`,
  'commander.missingMandatoryOptionValue': (what) => `要写选项 ${what}`,
  'commander.invalidArgument': (what) => `选项的值不对：${what}`,
  'commander.excessArguments': () => '参数太多',
}

/** Exit code and what to say, when commander ended the run: help and version are no errors. */
export const usageEnd = (error: CommanderError): { readonly code: number; readonly line?: string } => {
  if (error.exitCode === 0) return { code: exitCode.done }
  const what = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const line = misuse[error.code]?.(what)
  return { code: exitCode.usage, ...(line && { line: `${line}；加 --help 看用法` }) }
}

export const isUsageEnd = (error: unknown): error is CommanderError => error instanceof CommanderError
