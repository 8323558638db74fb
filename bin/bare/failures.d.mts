type FileReport = {
  /** The path of the file. */
  readonly name: string
  readonly status: string
  readonly message?: string
  readonly assertionResults: readonly {
    readonly status: string
    readonly ancestorTitles: readonly string[]
    readonly title: string
    readonly failureMessages?: readonly string[]
  }[]
}

export const failuresOf: (
  report: { readonly testResults: readonly FileReport[] },
  root: string,
) => readonly (readonly string[])[]
