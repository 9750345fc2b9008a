import { request } from 'node:http'
import path from 'node:path'
import { functionConfig, useCloudBase } from './support'

const HOST = 'simulator-env.service.tcloudbase.example'
const echo = functionConfig({ file: path.join(__dirname, 'functions', 'echo.cjs') })
const { running, log } = useCloudBase({
  functions: { echo },
  httpRoutes: { host: HOST, paths: { '/echo': 'echo', '/gone': 'never-deployed' } },
})

interface TestRequest {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

interface TestReply {
  status: number
  headers: Record<string, unknown>
  text: string
}

function ask({ path: url = '/echo', method = 'POST', headers = {}, body = '' }: TestRequest = {}) {
  const { port } = new URL(running.cloudbase.httpAccess.url)
  return new Promise<TestReply>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: url, method, agent: false }
    const sent = request({ ...options, headers: { host: HOST, ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, text }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function eventOf(request: TestRequest): Promise<any> {
  return JSON.parse((await ask(request)).text).event
}

const returning = (result: unknown): TestRequest => {
  return { path: `/echo?answer=${encodeURIComponent(JSON.stringify(result))}` }
}

test('a function gets the request as an event', async () => {
  const headers = { 'content-type': 'text/xml', 'X-Mark': 'one' }
  expect(await eventOf({ path: '/echo?page=2', headers, body: '<xml>好</xml>' })).toEqual({
    path: '/echo',
    httpMethod: 'POST',
    headers: expect.objectContaining({ host: HOST, 'content-type': 'text/xml', 'x-mark': 'one' }),
    queryStringParameters: { page: '2' },
    requestContext: { requestId: expect.any(String), envId: 'simulator-env' },
    body: '<xml>好</xml>',
    isBase64Encoded: false,
  })
})

test.each([
  'text/plain; charset=utf-8',
  'application/json',
  'application/xml;charset=utf-8',
  'application/x-www-form-urlencoded',
])('a body of the type %s is text', async (type) => {
  const event = await eventOf({ headers: { 'content-type': type }, body: 'a=1' })
  expect(event).toMatchObject({ body: 'a=1', isBase64Encoded: false })
})

test('a body without a type is text', async () => {
  expect(await eventOf({ body: 'a=1' })).toMatchObject({ body: 'a=1', isBase64Encoded: false })
})

test.each(['application/octet-stream', 'image/png', 'application/jsonlines'])(
  'a body of the type %s is base64',
  async (type) => {
    const event = await eventOf({
      headers: { 'content-type': type },
      body: Buffer.from([0xff, 0, 1]),
    })
    expect(event).toMatchObject({ body: '/wAB', isBase64Encoded: true })
  },
)

test('with alwaysBase64 a text is base64 too', async () => {
  running.cloudbase.httpAccess.alwaysBase64 = true
  const event = await eventOf({ headers: { 'content-type': 'text/xml' }, body: '<xml/>' })
  running.cloudbase.httpAccess.alwaysBase64 = false
  expect(event).toMatchObject({ body: 'PHhtbC8+', isBase64Encoded: true })
})

test('the function has neither a shopper nor a source', async () => {
  const { caller } = JSON.parse((await ask()).text)
  expect([caller.OPENID, caller.SOURCE]).toEqual([undefined, undefined])
})

test('a function sets the status, headers and body', async () => {
  const result = { statusCode: 201, headers: { 'content-type': 'text/xml' }, body: '<xml/>' }
  expect(await ask(returning(result))).toMatchObject({
    status: 201,
    headers: { 'content-type': 'text/xml' },
    text: '<xml/>',
  })
})

test('a body in base64 is sent decoded', async () => {
  const result = { statusCode: 200, body: Buffer.from('好').toString('base64') }
  expect((await ask(returning({ ...result, isBase64Encoded: true }))).text).toBe('好')
})

test('any other object is sent as JSON', async () => {
  expect(await ask(returning({ code: 0 }))).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text: '{"code":0}',
  })
})

test('a string is sent as plain text', async () => {
  expect(await ask(returning('ok'))).toMatchObject({
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    text: 'ok',
  })
})

test('a function that throws is 500 without the reason', async () => {
  const { status, text } = await ask({ path: '/echo?fail=secret' })
  expect([status, text]).toEqual([500, '{"code":"FUNCTIONS_EXECUTE_FAIL"}'])
})

test('an answer with an invalid status is 500', async () => {
  expect((await ask(returning({ statusCode: 'fine' }))).status).toBe(500)
})

test.each(['/', '/echo/more'])('nothing is served at %s', async (url) => {
  expect((await ask({ path: url })).status).toBe(404)
})

test('a function that is not deployed is 404', async () => {
  expect((await ask({ path: '/gone' })).status).toBe(404)
})

test('a body above 6 MB is 413', async () => {
  expect((await ask({ body: Buffer.alloc(6 * 1024 * 1024 + 1) })).status).toBe(413)
})

test('a request for its own address is served too', async () => {
  const { host: own } = new URL(running.cloudbase.httpAccess.url)
  expect((await ask({ headers: { host: own } })).status).toBe(200)
})

test('a request for another host name is refused', async () => {
  expect((await ask({ headers: { host: 'shop.example.com' } })).status).toBe(403)
})

test('every web page is refused, even its own', async () => {
  const { origin } = new URL(running.cloudbase.httpAccess.url)
  expect((await ask({ headers: { origin } })).status).toBe(403)
})

test('a request is logged without its query and body', async () => {
  await ask({ path: '/echo?mark=2', body: 'secret' })
  expect(log.at(-1)).toMatchObject({ name: 'echo', text: 'POST /echo 200' })
})
