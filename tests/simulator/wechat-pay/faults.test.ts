import { order, startGateway, temporaryFolder, WXPayUtil } from './support'

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

const unifiedorder = () => gateway.unifiedorder({ ...order, out_trade_no })
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
] as const)('a connection that breaks %s the effect', async (when, known) => {
  gateway.faults.inject('unifiedorder', { kind: 'reset', when })
  await expect(unifiedorder()).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(isKnown()).toBe(known)
})

test.each([
  ['before', false],
  ['after', true],
] as const)('silence %s the effect', async (when, known) => {
  gateway.faults.inject('unifiedorder', { kind: 'silence', when })
  const fields = gateway.signed({ ...order, out_trade_no })
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

test('an injected reply is the whole answer', async () => {
  gateway.faults.inject('orderquery', { kind: 'reply', body: '<html></html>' })
  expect((await gateway.send('/pay/orderquery', '')).body).toBe('<html></html>')
})

test.each([
  [true, 'with a signature that fits'],
  [false, 'with a signature that does not fit'],
])('a reply altered (resign: %p) comes %s', async (resign) => {
  await unifiedorder()
  const change = (reply: object) => ({ ...reply, trade_state: 'SUCCESS' })
  gateway.faults.inject('orderquery', { kind: 'alter', change, resign })
  const reply = await gateway.post('/pay/orderquery', gateway.signed({ out_trade_no }))
  expect(reply.trade_state).toBe('SUCCESS')
  expect(reply.sign === WXPayUtil.generateSignature(reply, gateway.merchant.key)).toBe(resign)
})

test('faults queue up, each for as many requests as it says', async () => {
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'first', times: 2 })
  gateway.faults.inject('unifiedorder', { kind: 'fail', return_msg: 'second' })
  const messages = []
  for (let n = 0; n < 4; n++) messages.push((await unifiedorder()).return_msg)
  expect(messages).toEqual(['first', 'first', 'second', 'OK'])
})

test('a fault of one service leaves the others alone', async () => {
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
