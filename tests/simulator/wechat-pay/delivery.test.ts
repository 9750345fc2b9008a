import { type IncomingMessage, type ServerResponse, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deliverTo } from '../../../simulator/wechat-pay/notifications'

const url = 'https://shop.example.com/pay-notify'
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] =
  []
let merchant: Server
let answer: (response: ServerResponse) => void

beforeAll(async () => {
  merchant = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body })
      answer(response)
    })
  })
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve))
})

beforeEach(() => {
  answer = (response) => void response.end('好')
})

afterAll(
  () =>
    new Promise((resolve) => {
      merchant.close(resolve)
      merchant.closeAllConnections()
    }),
)

const deliver = deliverTo((host) =>
  host === 'shop.example.com' ? (merchant.address() as AddressInfo).port : undefined,
)
const patient = () => new AbortController().signal

test('the XML arrives under the public name', async () => {
  await deliver(url, '<xml>好</xml>', patient())
  expect(seen.at(-1)).toMatchObject({
    method: 'POST',
    url: '/pay-notify',
    headers: { host: 'shop.example.com', 'content-type': 'text/xml; charset=utf-8' },
    body: '<xml>好</xml>',
  })
})

test('the answer comes back', async () => {
  answer = (response) => void response.writeHead(503).end('好')
  expect(await deliver(url, '', patient())).toEqual({ status: 503, body: '好' })
})

test('another name leads nowhere', async () => {
  await expect(deliver('https://shop.example.org/', '', patient())).rejects.toThrow(
    'there is no host shop.example.org',
  )
})

test('a broken connection is no answer', async () => {
  answer = (response) => void response.destroy()
  await expect(deliver(url, '', patient())).rejects.toThrow('socket hang up')
})

test('who waits no longer gets no answer', async () => {
  const impatient = new AbortController()
  answer = () => impatient.abort()
  await expect(deliver(url, '', impatient.signal)).rejects.toThrow('aborted')
})

test('an endless answer is cut off', async () => {
  answer = (response) => void response.end(Buffer.alloc(65 * 1024))
  await expect(deliver(url, '', patient())).rejects.toThrow('longer than 65536 bytes')
})
