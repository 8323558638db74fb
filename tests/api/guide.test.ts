import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guidePages } from '#server/guide/guidePages.ts'
import { startServer, type TestServer } from '#tests/support/district.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const pages = Object.keys(guidePages).map((name) => `/docs${name && `/${name}`}`)

const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/(?:href|src)="(\/docs[^"#]*)"/g)].flatMap(([, link]) => (link ? [link] : []))

describe('使用说明', () => {
  test.each(pages)('%s 不登录也能看；里面的每个链接、每张图都在', async (page) => {
    const answer = await fetch(server.baseUrl + page)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const html = await answer.text()
    expect(html).toContain('<h1')
    const links = new Set(linksIn(html))
    expect(links.size).toBeGreaterThan(4)
    for (const link of links) expect((await fetch(server.baseUrl + link)).status, link).toBe(200)
  })

  test('没有的图就是没有，出不了图片文件夹', async () => {
    for (const name of ['no-such.png', '..%2f..%2fpackage.json'])
      expect((await fetch(`${server.baseUrl}/docs/pictures/${name}`)).status, name).toBe(404)
  })
})
