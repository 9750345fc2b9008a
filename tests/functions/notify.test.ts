import type { Order } from '../../typings/contract'
import { openShop, type Shopper, type TestShop } from '../support/shop'

let shop: TestShop
let shopper: Shopper
beforeAll(async () => {
  shop = await openShop()
  shopper = shop.shopper(1)
})
afterEach(() => {
  shop.simulator.gateway.faults.clear()
  shop.simulator.cloud.httpAccess.alwaysBase64 = false
})
afterAll(() => shop.close())

const notifications = () => shop.simulator.gateway.notifications
const about = ({ out_trade_no }: Order) => notifications().about(out_trade_no)
/** Sends the latest notification about the order. @returns whether each copy was acknowledged */
const notify = (order: Order, copies?: number) =>
  notifications().sendNow(about(order).at(-1)!._id, copies)
const stored = ({ out_trade_no }: Order) => shop.stored(out_trade_no)

/** Creates an order that was paid, without the shop having been notified. */
async function paidWithoutNotice(): Promise<Order> {
  const order = await shopper.newOrder()
  await shopper.confirm(order)
  return order
}

describe('a notification of a payment', () => {
  test('makes the order 已支付, even if the page is closed', async () => {
    const order = await paidWithoutNotice()
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 1, trade_state: 'SUCCESS', paid_fee: 1 })
  })

  test('leaves the paid message to the timer', async () => {
    const order = await paidWithoutNotice()
    await notify(order)
    expect(stored(order).message).toEqual({ event: 'paid', state: 'owed' })
  })

  test('is acknowledged if its body is base64', async () => {
    const order = await paidWithoutNotice()
    shop.simulator.cloud.httpAccess.alwaysBase64 = true
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 1 })
  })

  test('that arrives ten times at once is settled once, and every copy is acknowledged', async () => {
    const order = await paidWithoutNotice()
    // On a busy machine, loading ten instances at once takes longer than WeChat waits.
    await shop.simulator.cloud.functions.warm('pay-notify', 10)
    expect(await notify(order, 10)).toEqual(Array.from({ length: 10 }, () => true))
    expect(stored(order)).toMatchObject({ status: 1, rev: order.rev + 1 })
  })

  test('that arrives again changes nothing', async () => {
    const order = await paidWithoutNotice()
    await notify(order)
    const settled = stored(order)
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toEqual(settled)
  })

  test('is not acknowledged while WeChat does not reply, but when it is sent again', async () => {
    const order = await paidWithoutNotice()
    shop.simulator.gateway.faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    expect(await notify(order)).toEqual([false])
    expect(stored(order)).toEqual(order)
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 1 })
  })

  test('with a wrong amount is acknowledged, and adds an anomaly', async () => {
    const order = await paidWithoutNotice()
    shop.simulator.gateway.faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, total_fee: '7' }),
      resign: true,
    })
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({
      status: 0,
      anomaly: [{ kind: 'otherAmount', what: 'paid 7 fen instead of 1' }],
    })
  })
})

describe('a notification of a refund', () => {
  const refunding = async (outcome: 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE') => {
    const order = await shopper.paidOrder()
    shop.simulator.gateway.ledger.setRefundOutcome(order.out_trade_no, outcome)
    const requested = await shopper.order('refund', order)
    shop.simulator.clock.advance(5000)
    return requested
  }

  test('that succeeded makes the order 已退款, even if the page is closed', async () => {
    const order = await refunding('SUCCESS')
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 4, refund: { state: 'SUCCESS' } })
  })

  test('that WeChat closed makes the order 已支付 again', async () => {
    const order = await refunding('REFUNDCLOSE')
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 1, refund: { state: 'REFUNDCLOSE' } })
  })

  test('that did not reach the payer keeps the order 正在退款, and adds an anomaly', async () => {
    const order = await refunding('CHANGE')
    expect(await notify(order)).toEqual([true])
    expect(stored(order)).toMatchObject({ status: 3, refund: { state: 'CHANGE' } })
    expect(stored(order).anomaly).toMatchObject([{ kind: 'refundChange' }])
  })

  test('that arrives ten times at once is settled once', async () => {
    const order = await refunding('SUCCESS')
    expect(await notify(order, 10)).toEqual(Array.from({ length: 10 }, () => true))
    expect(stored(order)).toMatchObject({ status: 4, rev: order.rev + 1 })
  })
})

/** Sends a request to the public address. @returns all that the sender can see of the reply */
async function request(method: string, body?: string, headers: Record<string, string> = {}) {
  const url = `${shop.simulator.cloud.httpAccess.url}/pay-notify`
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) })
  const { date: _, ...seen } = Object.fromEntries(response.headers)
  return { status: response.status, headers: seen, body: await response.text() }
}

describe('a refused request', () => {
  const bodyOf = (order: Order) => about(order)[0]!.body
  const spaces = (body: string, bytes: number) => body + ' '.repeat(bytes - Buffer.byteLength(body))

  test('always gets the same reply, byte for byte, and writes nothing', async () => {
    const [order, settled] = [await paidWithoutNotice(), await shopper.paidOrder()]
    const body = bodyOf(order)
    const xml = { 'content-type': 'text/xml' }
    const replace = (from: string | RegExp, to: string) => body.replace(from, to)
    const replies = [
      await request('POST', ''),
      await request('POST', 'hello', xml),
      await request('POST', '{"out_trade_no": 1}', { 'content-type': 'application/json' }),
      await request('POST', Buffer.from([0xff, 0xfe, 0]).toString('latin1'), {
        'content-type': 'x/y',
      }),
      await request('GET'),
      await request('PUT', body, xml),
      await request('DELETE', body, xml),
      await request('POST', spaces(body, 64 * 1024 + 1), xml),
      await request('POST', 'x'.repeat(1024 * 1024), xml),
      await request('POST', replace(/<sign>.*<\/sign>/, ''), xml),
      await request('POST', replace(/\d{10}(?=\]\]><\/mch_id>)/, '1900000109'), xml),
      await request('POST', replace(order._id, 'f'.repeat(32)), xml),
      await request('POST', replace(order._id, settled._id), xml),
      await request('POST', `<!DOCTYPE xml>${body}`, xml),
      await request('POST', replace('</xml>', '<sign>1</sign></xml>'), xml),
    ]
    const [first] = replies
    expect(first).toMatchObject({ status: 200, body: expect.stringContaining('FAIL') })
    expect(replies).toEqual(replies.map(() => first))
    expect([stored(order), stored(settled)]).toEqual([order, settled])
  })

  test('is one of more than 64 KB; one of 64 KB is acknowledged', async () => {
    const order = await paidWithoutNotice()
    const send = async (bytes: number) =>
      (await request('POST', spaces(bodyOf(order), bytes), { 'content-type': 'text/xml' })).body
    expect(await send(64 * 1024 + 1)).toContain('FAIL')
    expect(stored(order)).toEqual(order)
    expect(await send(64 * 1024)).toContain('SUCCESS')
  })

  test('is the same notification from a phone', async () => {
    const order = await paidWithoutNotice()
    const { client } = shop.simulator.phone(1)
    const event = { httpMethod: 'POST', body: bodyOf(order), isBase64Encoded: false }
    const { result } = await client.callFunction('pay-notify', event)
    expect(result).toMatchObject({ body: expect.stringContaining('FAIL') })
    expect(stored(order)).toEqual(order)
  })

  test.each(['scf', 'wx_client,scf', 'wx_trigger,scf', 'wx_devtools'])(
    'is the same notification by way of %s',
    async (source) => {
      const order = await paidWithoutNotice()
      const event = { httpMethod: 'POST', body: bodyOf(order), isBase64Encoded: false }
      const { functions } = shop.simulator.cloud
      expect(await functions.invoke('pay-notify', event, { source })).toMatchObject({
        body: expect.stringContaining('FAIL'),
      })
      expect(stored(order)).toEqual(order)
    },
  )

  test.each([null, 7, 'POST', [], { httpMethod: 'POST' }, { httpMethod: 'POST', body: { a: 1 } }])(
    'is the event %j',
    async (event) => {
      const reply = await shop.simulator.cloud.functions.invoke('pay-notify', event, {})
      expect(reply).toMatchObject({ statusCode: 200, body: expect.stringContaining('FAIL') })
    },
  )
})

test('the log contains no order number, openid, transaction id or key', () => {
  const lines = shop.simulator.log.filter(({ name }) => name === 'pay-notify')
  const text = JSON.stringify(lines)
  expect(lines.length).toBeGreaterThan(30)
  expect(text).not.toContain(shop.simulator.gateway.merchant.key)
  expect(text).not.toContain(shopper.openid)
  expect(text).not.toMatch(/[0-9a-f]{32}|\b42000\d{10}/)
})
