/** A sentence with choices: `{one|another|}` takes one of them, `<fact>` is filled in from the mine. */
export type Facts = Readonly<Record<string, string | readonly string[]>>

export type Random = () => number

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

export const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))

export const shuffled = <T>(random: Random, list: readonly T[]): T[] => {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    const [x, y] = [all[i], all[j]]
    if (x === undefined || y === undefined) continue
    all[i] = y
    all[j] = x
  }
  return all
}

const innermost = /\{([^{}]*)\}/

const fact = (random: Random, facts: Facts, name: string): string => {
  const value = facts[name]
  if (value === undefined) throw new Error(`no fact ${name}`)
  return typeof value === 'string' ? value : pick(random, value)
}

export const written = (sentence: string, facts: Facts, random: Random): string => {
  let text = sentence
  for (let choice = innermost.exec(text); choice; choice = innermost.exec(text))
    text = text.replace(choice[0], pick(random, (choice[1] ?? '').split('|')))
  return text
    .replace(/<n(\d+)-(\d+)>/g, (_, from: string, to: string) => String(whole(random, Number(from), Number(to))))
    .replace(/<(\w+)>/g, (_, name: string) => fact(random, facts, name))
}
