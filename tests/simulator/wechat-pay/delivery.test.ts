import { type IncomingMessage, type ServerResponse, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { localTransport } from '../../../simulator/wechat-pay/notifications'

const NOTIFY_URL = 'https://shop.example.com/pay-notify'
const received: {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}[] = []
let merchant: Server
let reply: (response: ServerResponse) => void

beforeAll(async () => {
  merchant = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ method: request.method!, url: request.url!, headers: request.headers, body })
      reply(response)
    })
  })
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve))
})

beforeEach(() => {
  reply = (response) => void response.end('好')
})

afterAll(
  () =>
    new Promise((resolve) => {
      merchant.close(resolve)
      merchant.closeAllConnections()
    }),
)

const deliver = localTransport((host) =>
  host === 'shop.example.com' ? (merchant.address() as AddressInfo).port : undefined,
)
const noTimeout = () => new AbortController().signal

test('the XML is posted with the public host name', async () => {
  await deliver(NOTIFY_URL, '<xml>好</xml>', noTimeout())
  expect(received.at(-1)).toMatchObject({
    method: 'POST',
    url: '/pay-notify',
    headers: { host: 'shop.example.com', 'content-type': 'text/xml; charset=utf-8' },
    body: '<xml>好</xml>',
  })
})

test('the reply is returned', async () => {
  reply = (response) => void response.writeHead(503).end('好')
  expect(await deliver(NOTIFY_URL, '', noTimeout())).toEqual({ status: 503, body: '好' })
})

test('another host name is refused', async () => {
  await expect(deliver('https://shop.example.org/', '', noTimeout())).rejects.toThrow(
    'there is no host shop.example.org',
  )
})

test('a broken connection rejects', async () => {
  reply = (response) => void response.destroy()
  await expect(deliver(NOTIFY_URL, '', noTimeout())).rejects.toThrow('socket hang up')
})

test('an aborted signal rejects', async () => {
  const caller = new AbortController()
  reply = () => caller.abort()
  await expect(deliver(NOTIFY_URL, '', caller.signal)).rejects.toThrow('aborted')
})

test('a reply above the limit rejects', async () => {
  reply = (response) => void response.end(Buffer.alloc(65 * 1024))
  await expect(deliver(NOTIFY_URL, '', noTimeout())).rejects.toThrow('longer than 65536 bytes')
})
