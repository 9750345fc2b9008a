import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Listening, listen } from '../../../simulator/kit/http'
import { type Phone, createPhone } from '../../../simulator/phone'
import { FakePhoneServices } from '../../support/phone-services'

const services = new FakePhoneServices()
let dir: string
let phone: Phone
let server: Listening

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'phone-'))
  cpSync(path.join(__dirname, 'sample'), dir, { recursive: true })
  phone = createPhone({
    miniprogramDir: dir,
    modules: { 'config.ts': { env: 'simulated' } },
    services,
  })
  server = await listen(phone.handler, { port: 0 })
})

afterAll(async () => {
  phone.close()
  await server.close()
  rmSync(dir, { recursive: true })
})

const get = (pathname: string) => fetch(server.url + pathname)

function post(name: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function call(name: string, body: unknown, headers: Record<string, string> = {}) {
  return (await post(name, body, headers)).json()
}

describe('the page', () => {
  test('is HTML with the id of the build', async () => {
    const response = await get('/')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(/data-build="[0-9a-f]{32}"/)
  })

  test.each(['/phone.js', '/miniprogram.js', '/phone.css', '/miniprogram.css'])(
    'is served together with %s',
    async (name) => {
      expect((await (await get(name)).text()).length).toBeGreaterThan(100)
    },
  )

  test('allows scripts of its own server only', async () => {
    const policy = (await get('/')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
  })

  test('is not cached, and its content type is not sniffed', async () => {
    const { headers } = await get('/phone.js')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('is served with no other files', async () => {
    expect((await get('/package/app.json')).status).toBe(404)
    expect((await get('/%2e%2e/package.json')).status).toBe(404)
  })
})

describe('a call', () => {
  test('of a function reaches CloudBase as shopper 1', async () => {
    expect(await call('callFunction', { name: 'who', data: { n: 1 } })).toMatchObject({
      reply: { result: { shopper: 1, name: 'who', data: { n: 1 } } },
    })
  })

  test('of another shopper names them in its header', async () => {
    expect(
      await call('callFunction', { name: 'who', data: {} }, { 'x-shopper': '2' }),
    ).toMatchObject({ reply: { result: { shopper: 2 } } })
  })

  test('that the cloud refuses returns its code', async () => {
    expect(await call('callFunction', { name: 'none', data: {} })).toEqual({
      failure: { errCode: -501000, errMsg: 'cloud.callFunction:fail no such function' },
      errors: [],
    })
  })

  test('carries the errors of the function beside its reply', async () => {
    expect(await call('callFunction', { name: 'handles', data: {} })).toEqual({
      reply: expect.objectContaining({ result: expect.anything() }),
      errors: [
        { function: 'handles', code: '', text: expect.stringContaining('RangeError: boom') },
      ],
    })
  })

  test('that accepts messages is passed to CloudBase', async () => {
    await call('subscribe/accept', { ids: ['paid'] }, { 'x-shopper': '3' })
    expect(services.asked).toContain('shopper 3 accepted paid')
  })

  test.each([
    ['with an unknown name', 'eval', {}, {}, 404],
    ['with another content type', 'database', {}, { 'content-type': 'text/plain' }, 415],
    ['that is not JSON', 'database', '{', {}, 400],
    ['that is no object', 'database', '1', {}, 400],
    ['of a shopper 0', 'database', {}, { 'x-shopper': '0' }, 400],
    ['with ids that are no strings', 'subscribe/templates', { ids: [1] }, {}, 400],
    ['of more than a megabyte', 'database', { where: 'x'.repeat(1024 * 1024) }, {}, 413],
  ])('%s is refused', async (_, name, body, headers, status) => {
    expect((await post(name, body, headers as Record<string, string>)).status).toBe(status)
  })

  test('by GET is refused', async () => {
    expect((await get('/api/database')).status).toBe(405)
  })
})

describe('a stored file', () => {
  test('is served by its file id', async () => {
    const file = path.join(dir, 'dot.png')
    writeFileSync(file, 'png')
    services.stored.set('cloud://env.bucket/goods/dot.png', file)
    const name = encodeURIComponent('cloud://env.bucket/goods/dot.png')
    const response = await get(`/storage/${name}`)
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'image/png',
      'png',
    ])
  })

  test('that does not exist is not found', async () => {
    expect((await get('/storage/cloud%3A%2F%2Fenv%2Fno.png')).status).toBe(404)
  })
})

describe('the events of builds', () => {
  /** Reads events until there are `count`, each as its name and data. */
  async function* events() {
    const { body } = await get('/events')
    let text = ''
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const whole = text.split('\n\n')
      text = whole.pop()!
      for (const event of whole) yield /event: (.*)\ndata: (.*)/.exec(event)!.slice(1)
    }
  }

  test('send the last build at once, then every later one', async () => {
    const heard = events()
    const first = (await heard.next()).value!
    expect(first[0]).toBe('reload')

    writeFileSync(path.join(dir, 'pages/empty/index.wxml'), '<view>\n</vie>')
    await phone.rebuild()
    const broken = (await heard.next()).value!
    expect([broken[0], JSON.parse(broken[1]!)[0].line]).toEqual(['build-error', 1])

    writeFileSync(path.join(dir, 'pages/empty/index.wxml'), '<view>fixed</view>')
    await phone.rebuild()
    const fixed = (await heard.next()).value!
    expect(fixed[0]).toBe('reload')
    expect(fixed[1]).not.toBe(first[1])
    await heard.return(undefined)
  })

  test('give the same sources the same build id', async () => {
    const heard = events()
    const [, before] = (await heard.next()).value!
    await phone.rebuild()
    const [, after] = (await heard.next()).value!
    expect(after).toBe(before)
    await heard.return(undefined)
  })
})
