/**
 * Colours, sizes and type, once (LOOK.md). Both entries read them: the desk feeds them to Ant Design, the phone turns
 * them into CSS variables. No other file of src/web names a colour.
 */
export const colour = {
  accent: '#0b6e75',
  accentSoft: '#e7f1f1',
  ink: '#1f2426',
  inkSoft: '#5a6366',
  inkFaint: '#7d878a',
  line: '#dfe3e4',
  lineStrong: '#c3c9cb',
  ground: '#f5f6f6',
  paper: '#ffffff',
  /** Words of refusals: dark ink with a mark before it, since red belongs to risk alone. */
  refusal: '#3b2f2f',
} as const

/** Only for risk grade and alarm level, and never without their word and shape. */
export const risk = {
  major: { ink: '#b3261e', ground: '#fbeae9', word: '重大', shape: '▲' },
  larger: { ink: '#b45309', ground: '#fdf1e3', word: '较大', shape: '◆' },
  general: { ink: '#8a6d00', ground: '#fbf5dc', word: '一般', shape: '●' },
  low: { ink: '#1d5fa8', ground: '#e8f0f9', word: '低', shape: '■' },
} as const

export type RiskLevel = keyof typeof risk

/** Codes for scanners, which want all the contrast there is; the same in every theme. */
export const code = { dark: '#000000', light: '#ffffff' } as const

/** px */
export const size = {
  table: 14,
  form: 16,
  heading: 20,
  figure: 28,
  line: 1.6,
  grid: 8,
  radius: 4,
  /** A finger, not a pointer (phone). */
  tap: 48,
  readingColumn: 720,
} as const

/** System Chinese sans first; Noto CJK where a desktop has none. */
export const font = [
  '-apple-system',
  'BlinkMacSystemFont',
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"HarmonyOS Sans SC"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ')

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The same tokens as CSS variables: `--accent`, `--ink-soft`, `--risk-major`, `--risk-major-ground`, `--font`. */
export const cssVariables = (): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(colour).map(([name, value]) => [`--${kebab(name)}`, value])),
  ...Object.fromEntries(
    Object.entries(risk).flatMap(([name, { ink, ground }]) => [
      [`--risk-${name}`, ink],
      [`--risk-${name}-ground`, ground],
    ]),
  ),
  '--font': font,
  '--reading-column': `${size.readingColumn}px`,
})

/** Called once by each entry before it renders. */
export const setCssVariables = (): void => {
  for (const [name, value] of Object.entries(cssVariables())) document.documentElement.style.setProperty(name, value)
}
