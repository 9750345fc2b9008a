import { request } from 'node:http'
import { listen, readBody, type Listening } from '../../simulator/kit/http'

const LIMIT = 1000
let page: Listening
let api: Listening

beforeAll(async () => {
  page = await listen(
    async (incoming, response) => {
      if (incoming.url === '/broken') throw new Error('a bug')
      const body = await readBody(incoming, LIMIT)
      response.end(`${body.length}`)
    },
    { port: 0 },
  )
  api = await listen((_incoming, response) => void response.end('ok'), { port: 0, origin: 'none' })
})
afterAll(() => Promise.all([page.close(), api.close()]))

interface Reply {
  status: number
  text: string
}

function send(
  port: number,
  headers: Record<string, string>,
  path = '/',
  body = '',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode!, text }))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

test.each(['127.0.0.1', 'localhost'])(
  'a request for the own host name %s is served',
  async (name) => {
    expect((await send(page.port, { host: `${name}:${page.port}` })).status).toBe(200)
  },
)

test.each(['shop.example.com', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.example.com'])(
  'a request for the foreign host %s is refused',
  async (host) => {
    expect((await send(page.port, { host })).status).toBe(403)
  },
)

test('a page of the server may send requests', async () => {
  const origin = `http://localhost:${page.port}`
  const host = `localhost:${page.port}`
  expect((await send(page.port, { host, origin })).status).toBe(200)
})

test.each(['https://shop.example.com', 'null', 'http://127.0.0.1:1'])(
  'a page of %s may not send requests',
  async (origin) => {
    const reply = await send(page.port, { host: `127.0.0.1:${page.port}`, origin })
    expect(reply).toEqual({ status: 403, text: 'Requests from other web pages are refused.\n' })
  },
)

test('an endpoint for programs refuses every web page, even its own', async () => {
  const host = `127.0.0.1:${api.port}`
  expect((await send(api.port, { host, origin: `http://${host}` })).status).toBe(403)
})

test('an endpoint for programs serves programs', async () => {
  expect((await send(api.port, { host: `127.0.0.1:${api.port}` })).text).toBe('ok')
})

test('a body up to the limit is read', async () => {
  const headers = { host: `127.0.0.1:${page.port}` }
  expect((await send(page.port, headers, '/', 'x'.repeat(LIMIT))).text).toBe('1000')
})

test('a body above the limit is refused with 413', async () => {
  const headers = { host: `127.0.0.1:${page.port}` }
  expect((await send(page.port, headers, '/', 'x'.repeat(300 * LIMIT))).status).toBe(413)
})

test('a handler that throws answers 500, and the server continues', async () => {
  const headers = { host: `127.0.0.1:${page.port}` }
  expect((await send(page.port, headers, '/broken')).status).toBe(500)
  expect((await send(page.port, headers)).status).toBe(200)
})

test('a port that is in use is EADDRINUSE', async () => {
  await expect(listen(() => {}, { port: page.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
