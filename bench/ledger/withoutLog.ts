import { registerHooks } from 'node:module'

/** Preloaded on the side without the log: one module of the house is another one. */
const standsIn = new URL('./appendWithoutLog.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '#server/platform/append.ts' ? { url: standsIn, shortCircuit: true } : next(specifier, context),
})
