import { z } from 'zod'
import { problem } from '#contract/problem.ts'
import { none, type Route } from '#contract/route.ts'
import { transitions } from '#domain/hazard/transitions.ts'

type Schema = Readonly<Record<string, unknown>>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const parameters = (schema: z.ZodType, where: 'path' | 'query'): readonly Schema[] => {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).map(([name, member]) => ({
    name,
    in: where,
    required: where === 'path' || !member.safeParse(undefined).success,
    schema: schemaOf(member, 'input'),
  }))
}

/** A body: what the form does not have is refused. */
const formOf = (schema: z.ZodType): Schema => ({
  ...schemaOf(schema, 'input'),
  ...(schema instanceof z.ZodObject && { additionalProperties: false }),
})

const fileForm = (field: string, settings: z.ZodType | undefined) => ({
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: [...(settings ? ['settings'] : []), field],
      properties: {
        ...(settings && { settings: formOf(settings) }),
        [field]: { type: 'string', contentMediaType: 'application/octet-stream' },
      },
    },
    ...(settings && { encoding: { settings: { contentType: 'application/json' } } }),
  },
})

const requestBody = ({ body, upload, settings }: Route) => {
  if (upload !== undefined) return { requestBody: { required: true, content: fileForm(upload, settings) } }
  return body === none ? {} : { requestBody: { required: true, content: content(formOf(body)) } }
}

const content = (schema: Schema) => ({ 'application/json': { schema } })

const operation = (route: Route) => ({
  summary: route.summary,
  tags: [route.tag],
  ...(typeof route.access === 'object' && { 'x-act': route.access.act }),
  security: route.access === 'public' ? [] : [{ session: [] }, { bearer: [] }],
  parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
  ...requestBody(route),
  responses: {
    '200': { description: '办成', content: content(schemaOf(route.reply, 'output')) },
    default: {
      description: '没有办成：原因、条款、怎么办',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
})

const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

const pathsOf = (routes: readonly Route[]): Schema => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = templated(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return paths
}

/** Bodies of the acts on a hazard, one schema an act, read from the transition table. */
const actSchemas = (): Schema =>
  Object.fromEntries(
    Object.entries(transitions).map(([act, { title, clause, body }]) => [
      `HazardAct.${act}`,
      { title, description: clause, ...formOf(body) },
    ]),
  )

/** OpenAPI 3.1 out of the same schemas that validate. */
export const openApi = (routes: readonly Route[]): Schema => ({
  openapi: '3.1.0',
  info: { title: '闭环 Bihuan', version: '1', description: '非煤矿山重大事故隐患专项排查整治' },
  paths: pathsOf(routes),
  components: {
    schemas: { Problem: schemaOf(problem, 'output'), ...actSchemas() },
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'bihuan' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
  },
})
