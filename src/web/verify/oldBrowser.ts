// What the pages' own code and its libraries call and Chromium 80 does not have. An old phone without updates must be
// able to check a proof; imported before everything else.

const add = (home: object, name: string, value: unknown): void => {
  if (!(name in home)) Object.defineProperty(home, name, { configurable: true, writable: true, value })
}

// Not by way of hasOwnProperty, which a linter turns into the very thing that is added here.
add(Object, 'hasOwn', (object: object, name: PropertyKey): boolean => Reflect.ownKeys(object).includes(String(name)))

add(Array.prototype, 'at', function at(this: readonly unknown[], index: number): unknown {
  return this[index < 0 ? this.length + index : index]
})

/** For texts, which is all it is called with here: a pattern carries its own `g`. */
add(String.prototype, 'replaceAll', function replaceAll(this: string, from: string | RegExp, to: string): string {
  return typeof from === 'string' ? this.split(from).join(to) : this.replace(from, to)
})
