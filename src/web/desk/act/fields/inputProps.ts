import type { FormField } from '#web/desk/act/shape.ts'

export type InputProps = {
  readonly id: string
  readonly field: FormField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

export const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
