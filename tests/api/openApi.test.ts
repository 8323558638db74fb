import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '#contract/route.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { allRoutes } from '#server/web.ts'
import { startServer, type TestServer } from '#tests/support/district.ts'

/** The parts of OpenAPI 3.1.0 a reader of ours relies on; anything else in an object is let through. */
const schema = z.looseObject({})
const content = z.record(z.string(), z.looseObject({ schema }))
const parameter = z.looseObject({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema })
const operation = z.looseObject({
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.looseObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string().min(1), content: content.optional() })),
})
const document = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.record(z.enum(['get', 'post', 'put', 'delete']), operation.optional())),
  components: z.looseObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), schema),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
})

let server: TestServer
let told: z.infer<typeof document>
let raw: unknown
let routes: readonly Route[]

beforeAll(async () => {
  server = await startServer({ empty: true })
  const response = await fetch(`${server.baseUrl}/api/openapi.json`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/json')
  raw = await response.json()
  told = document.parse(raw)
  routes = allRoutes(server.platform, { demoAccounts: [], setupCode: '' }).map(({ route }) => route)
})
afterAll(() => server.close())

const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

const operations = () =>
  Object.entries(told.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, one]) => (one ? [{ path, method, one }] : [])),
  )

const everyRef = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : everyRef(member),
  )
}

describe('接口说明 /api/openapi.json', () => {
  test('每条路由都在，没有多出来的', () => {
    const described = operations().map(({ path, method }) => `${method} ${path}`)
    expect(described.sort()).toEqual(
      routes.map(({ method, path }) => `${method.toLowerCase()} ${templated(path)}`).sort(),
    )
  })

  test('路径里的每个变量都有说明，必填；没有多说的', () => {
    for (const { path, method, one } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = one.parameters.filter((given) => given.in === 'path')
      expect({ path, method, names: described.map(({ name }) => name).sort() }).toEqual({
        path,
        method,
        names: named.sort(),
      })
      expect(described.every(({ required }) => required)).toBe(true)
    }
  })

  test('公开的不要登录，其余都要；写明由哪一条权限管', () => {
    for (const route of routes) {
      const methods = told.paths[templated(route.path)]
      const found = operations().find(
        ({ path, method }) => path === templated(route.path) && method === route.method.toLowerCase(),
      )
      expect(methods).toBeDefined()
      expect(found?.one.security.length === 0).toBe(route.access === 'public')
      if (typeof route.access === 'object') expect(found?.one['x-act']).toBe(route.access.act)
    }
  })

  test('成功和拒绝都有样子；拒绝是 problem+json', () => {
    for (const { path, one } of operations()) {
      expect(Object.keys(one.responses), path).toEqual(expect.arrayContaining(['200', 'default']))
      expect(one.responses.default?.content?.['application/problem+json']?.schema).toEqual({
        $ref: '#/components/schemas/Problem',
      })
    }
  })

  test('每个办理事项一份表样，带条款；引用都指得到', () => {
    for (const act of hazardActs) {
      const form = told.components.schemas[`HazardAct.${act}`]
      expect(form, act).toMatchObject({
        type: 'object',
        description: transitions[act]?.clause,
        title: transitions[act]?.title,
      })
      expect(form?.properties).toBeTypeOf('object')
    }
    const refs = everyRef(raw)
    expect(refs.length).toBeGreaterThan(0)
    for (const ref of refs)
      expect(told.components.schemas, ref).toHaveProperty([ref.replace('#/components/schemas/', '')])
  })

  test('上传写明是 multipart，字段名 file', () => {
    const put = told.paths['/api/tenants/{tenantId}/files']?.post
    expect(put?.requestBody?.content['multipart/form-data']?.schema).toMatchObject({
      required: ['file'],
      properties: { file: { type: 'string' } },
    })
  })

  test('整份能再写成同样的 JSON，没有未定义的值', () => {
    expect(JSON.parse(JSON.stringify(raw))).toEqual(raw)
    expect(JSON.stringify(raw)).not.toContain('"$schema"')
  })
})
