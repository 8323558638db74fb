import type { Command } from 'commander'

export type LeafDeclaration = {
  readonly name: string
  /** One line, Chinese. */
  readonly summary: string
  readonly examples: readonly string[]
  /** What the exit codes mean here, where it is not the common meaning. */
  readonly failedMeans?: string
}

export type CommonOptions = { readonly json?: true; readonly verbose?: true }

/** A command that does something: summary, an example, exit codes and the options that every command has. */
export const leaf = (parent: Command, { name, summary, examples, failedMeans }: LeafDeclaration): Command =>
  parent
    .command(name)
    .description(summary)
    .option('--json', '结果按 JSON 输出到标准输出，供程序读取')
    .option('--verbose', '出错时显示详情')
    .addHelpText(
      'after',
      [
        '',
        '例：',
        ...examples.map((example) => `  ${example}`),
        '',
        '退出码：',
        '  0  办成',
        `  1  ${failedMeans ?? '没有办成，或者被拒绝'}`,
        '  2  用法不对',
      ].join('\n'),
    )
