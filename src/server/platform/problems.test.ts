import { describe, expect, test } from 'vitest'
import { problem } from '#contract/problem.ts'
import { faultOf, problemOf } from './problems.ts'

const refusal = (code: string) => ({ code, message: '不能办', clause: '安全生产法 41', remedy: '先补齐' })

describe('what a refusal is over HTTP', () => {
  test.each([
    ['invalid-input', 400, '填写有误'],
    ['not-signed-in', 401, '请登录'],
    ['role-may-not', 403, '没有这项权限'],
    ['not-found', 404, '没有找到'],
    ['stale-version', 409, '与已有记录冲突'],
    ['too-busy', 409, '与已有记录冲突'],
    ['id-in-use', 409, '与已有记录冲突'],
    ['request-too-large', 413, '文件太大'],
    ['fileNotWhatItClaims', 415, '文件类型不符'],
    ['locked-out', 429, '请稍后再试'],
    ['storageFull', 507, '存储空间已满'],
  ])('%s is %i', (code, status, title) => {
    expect(problemOf(refusal(code))).toMatchObject({ status, title, code, type: `/problems/${code}` })
  })

  test('a code that is not in the catalogue is a rule of the law: 422, with clause and remedy', () => {
    const told = problemOf(refusal('too-few-officers'))
    expect(told).toEqual({
      type: '/problems/too-few-officers',
      title: '不能办理',
      status: 422,
      detail: '不能办',
      code: 'too-few-officers',
      clause: '安全生产法 41',
      remedy: '先补齐',
    })
    expect(problem.parse(told)).toEqual(told)
  })

  test('the name of an inherited property is no entry of the catalogue', () => {
    expect(problemOf(refusal('constructor')).status).toBe(422)
    expect(problemOf(refusal('toString')).status).toBe(422)
  })

  test('a fault of ours tells its number and nothing else', () => {
    expect(faultOf('abc')).toMatchObject({ status: 500, code: 'fault', detail: expect.stringContaining('abc') })
    expect(problem.parse(faultOf('abc'))).toEqual(faultOf('abc'))
  })
})
