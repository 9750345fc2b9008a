import { ORDER, startGateway, temporaryFolder, WXPayUtil } from './support'

let gateway: Awaited<ReturnType<typeof startGateway>>
const dir = temporaryFolder()
let out_trade_no = ''
let orders = 0

beforeAll(async () => {
  gateway = await startGateway({ dir })
})

beforeEach(() => {
  gateway.faults.clear()
  out_trade_no = `order-${++orders}`
})

afterAll(() => gateway.close())

const unifiedorder = () => gateway.unifiedorder({ ...ORDER, out_trade_no })
const isKnown = () => gateway.ledger.trade(out_trade_no) !== undefined

test('an injected refusal is signed and changes nothing', async () => {
  gateway.faults.inject('unifiedorder', {
    kind: 'refuse',
    err_code: 'SYSTEMERROR',
    err_code_des: 'System Error',
  })
  const reply = await unifiedorder()
  expect(reply).toMatchObject({ result_code: 'FAIL', err_code: 'SYSTEMERROR' })
  expect(reply.sign).toBe(WXPayUtil.generateSignature(reply, gateway.merchant.key))
  expect(isKnown()).toBe(false)
})

test('an injected failure is unsigned and changes nothing', async () => {
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'busy' })
  expect(await unifiedorder()).toEqual({ return_code: 'FAIL', return_msg: 'busy' })
  expect(isKnown()).toBe(false)
})

test.each([
  ['before', false],
  ['after', true],
] as const)('a connection can break %s the effect', async (when, known) => {
  gateway.faults.inject('unifiedorder', { kind: 'reset', when })
  await expect(unifiedorder()).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(isKnown()).toBe(known)
})

test.each([
  ['before', false],
  ['after', true],
] as const)('a connection can stay silent %s the effect', async (when, known) => {
  gateway.faults.inject('unifiedorder', { kind: 'silence', when })
  const fields = gateway.signed({ ...ORDER, out_trade_no })
  const signal = AbortSignal.timeout(300)
  await expect(gateway.post('/pay/unifiedorder', fields, { signal })).rejects.toThrow(/abort/)
  expect(isKnown()).toBe(known)
})

test('a delayed request is processed late', async () => {
  gateway.faults.inject('unifiedorder', { kind: 'delay', ms: 100 })
  const start = performance.now()
  expect(await unifiedorder()).toMatchObject({ result_code: 'SUCCESS' })
  expect(performance.now() - start).toBeGreaterThanOrEqual(95)
})

test('an injected reply replaces the whole answer', async () => {
  gateway.faults.inject('orderquery', { kind: 'reply', body: '<html></html>' })
  expect((await gateway.send('/pay/orderquery', '')).body).toBe('<html></html>')
})

test.each([
  [true, 'a valid signature'],
  [false, 'an invalid signature'],
])('a reply altered with resign: %p has %s', async (resign) => {
  await unifiedorder()
  const change = (reply: object) => ({ ...reply, trade_state: 'SUCCESS' })
  gateway.faults.inject('orderquery', { kind: 'alter', change, resign })
  const reply = await gateway.post('/pay/orderquery', gateway.signed({ out_trade_no }))
  expect(reply.trade_state).toBe('SUCCESS')
  expect(reply.sign === WXPayUtil.generateSignature(reply, gateway.merchant.key)).toBe(resign)
})

test('faults are queued, each for its number of requests', async () => {
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'first', times: 2 })
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'second' })
  const messages = []
  for (let n = 0; n < 4; n++) messages.push((await unifiedorder()).return_msg)
  expect(messages).toEqual(['first', 'first', 'second', 'OK'])
})

test('requests above the rate limit get a signed refusal and have no effect', async () => {
  gateway.faults.limitRate('unifiedorder', 2)
  const replies = []
  for (const n of [1, 2, 3]) {
    replies.push(await gateway.unifiedorder({ ...ORDER, out_trade_no: `${out_trade_no}-${n}` }))
  }
  expect(replies.slice(0, 2)).toMatchObject([
    { result_code: 'SUCCESS' },
    { result_code: 'SUCCESS' },
  ])
  expect(replies[2]).toMatchObject({ result_code: 'FAIL', err_code: 'FREQUENCY_LIMITED' })
  const { sign } = replies[2]!
  expect(sign).toBe(WXPayUtil.generateSignature(replies[2], gateway.merchant.key))
  expect(gateway.ledger.trade(`${out_trade_no}-3`)).toBeUndefined()
})

test('a request above the rate limit takes no fault from the queue', async () => {
  gateway.faults.limitRate('unifiedorder', 1)
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'busy', times: 2 })
  expect((await unifiedorder()).return_msg).toBe('busy')
  expect((await unifiedorder()).err_code).toBe('FREQUENCY_LIMITED')
  gateway.clock.advance(1000)
  expect((await unifiedorder()).return_msg).toBe('busy')
})

test('a rate limit applies to one endpoint only', async () => {
  gateway.faults.limitRate('unifiedorder', 0)
  expect((await unifiedorder()).err_code).toBe('FREQUENCY_LIMITED')
  const query = await gateway.post('/pay/orderquery', gateway.signed({ out_trade_no }))
  expect(query.err_code).toBe('ORDERNOTEXIST')
})

test('clear removes the rate limit and the latency', async () => {
  gateway.faults.limitRate('unifiedorder', 0)
  gateway.faults.setLatency(60_000)
  gateway.faults.clear()
  expect(gateway.faults.latencyMs).toBe(0)
  expect(await unifiedorder()).toMatchObject({ result_code: 'SUCCESS' })
})

test('latency delays requests concurrently', async () => {
  gateway.faults.setLatency(400)
  const start = performance.now()
  const number = (n: number) => `${out_trade_no}-${n}`
  const replies = [1, 2, 3, 4, 5].map((n) =>
    gateway.unifiedorder({ ...ORDER, out_trade_no: number(n) }),
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(gateway.ledger.trade(number(1))).toBeUndefined()
  for (const reply of await Promise.all(replies)) expect(reply.result_code).toBe('SUCCESS')
  const took = performance.now() - start
  expect(took).toBeGreaterThanOrEqual(395)
  expect(took).toBeLessThan(1800)
})

test('a fault applies to one endpoint only', async () => {
  gateway.faults.inject('orderquery', { kind: 'fail', return_msg: 'busy' })
  expect(await unifiedorder()).toMatchObject({ result_code: 'SUCCESS' })
})

test('the gateway can be stopped while a connection is silent', async () => {
  const other = await startGateway({ dir })
  other.faults.inject('unifiedorder', { kind: 'silence', when: 'before' })
  const pending = other.unifiedorder().catch((error: NodeJS.ErrnoException) => error.code)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await other.close()
  expect(await pending).toBe('ECONNRESET')
})
