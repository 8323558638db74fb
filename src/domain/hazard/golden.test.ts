import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fold } from '#domain/hazard/evolve.ts'
import { isFact } from '#domain/hazard/facts.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { upcast } from '#domain/hazard/upcast.ts'
import { recorded } from '#tests/support/hazardStream.ts'

const folder = new URL('../../../tests/golden/hazard/', import.meta.url)

const event = z.object({ type: z.string(), v: z.number().int(), body: z.record(z.string(), z.unknown()) })
const golden = z.object({ given: z.array(event), event, status: z.enum(everyStatus) })

const files = readdirSync(folder).sort()
const read = (file: string) => golden.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

/** 当场整改 records the events of the acts it passes through; none is named after it. */
const recordedAsOthers: readonly string[] = ['reportFixed']
const eventTypes = hazardActs.filter((act) => !recordedAsOthers.includes(act))

describe('存下来的事件永远读得出来：每一种、每一版各有一份样本', () => {
  test.each(eventTypes)('%s 有样本', (act) => {
    const mend = `write tests/golden/hazard/${act}.v1.json by hand: {"given": [events before it], "event": {"type", "v", "body"}, "status"}; once released it is never changed`
    expect(files, mend).toContain(`${act}.v1.json`)
  })

  test.each(files)('%s 折叠到所写的状态', (file) => {
    const { given, event: last, status } = read(file)
    expect(`${last.type}.v${last.v}.json`).toBe(`hazard.${file}`)
    const stream = recorded([...given, last])
    const state = fold(stream)
    expect(state?.status).toBe(status)
    expect(state?.number).toBe(stream[0]?.body.number)
  })

  test.each(files)('%s 折叠后内容都在：事实原样记下，提升后合今天的形状', (file) => {
    const { given, event: last } = read(file)
    const act = last.type.replace('hazard.', '')
    if (!isFact(act)) {
      expect(fold(recorded([...given, last]))).not.toEqual(fold(recorded(given)))
      return
    }
    const stream = recorded([...given, last])
    const [lifted] = stream.slice(-1).map(upcast)
    if (!lifted) throw new Error(`${file} holds no event`)
    expect(transitions[act]?.body.safeParse(lifted.body).error).toBeUndefined()
    expect(fold(stream)?.facts[act]?.at(-1)).toMatchObject(lifted.body)
  })

  test('多出来的样本也要认得：文件名就是事件的种类和版本', () => {
    for (const file of files) expect(eventTypes).toContain(file.replace(/\.v\d+\.json$/, ''))
  })
})
