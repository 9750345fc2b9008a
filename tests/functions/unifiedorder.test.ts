import type { Order } from '../../typings/contract'
import { MINUTE, newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(closeAll)
afterAll(() => shop.close())

/** Every unpaid order expires and is closed, so that the next test has room for its own. */
async function closeAll(): Promise<void> {
  const { clock, cloud, gateway } = shop.simulator
  gateway.faults.clear()
  clock.advance(36 * MINUTE)
  await cloud.timers.run('pay-reconcile')
}

const trade = (order: Order) => shop.simulator.gateway.ledger.trade(order.out_trade_no)

describe('one intent, one order', () => {
  test('a tap repeated with the same key answers with the same order', async () => {
    const shopper = shop.shopper(1)
    const key = newKey()
    const first = await shopper.order('unifiedorder', { goods_id: 'jidangan', key })
    expect(await shopper.order('unifiedorder', { goods_id: 'jidangan', key })).toEqual(first)
  })

  test('ten taps at once with one key make one order and get equal replies', async () => {
    const shopper = shop.shopper(2)
    const key = newKey()
    const request = { goods_id: 'jidangan', key }
    const orders = await Promise.all(
      Array.from({ length: 10 }, () => shopper.order('unifiedorder', request)),
    )
    expect(orders).toEqual(Array.from({ length: 10 }, () => orders[0]))
    expect(trade(orders[0]!)?.prepay_id).toBe(orders[0]!.prepay_id)
  })

  test('the same key of another shopper is another order', async () => {
    const key = newKey()
    const mine = await shop.shopper(1).order('unifiedorder', { goods_id: 'jidangan', key })
    const theirs = await shop.shopper(2).order('unifiedorder', { goods_id: 'jidangan', key })
    expect(theirs.out_trade_no).not.toBe(mine.out_trade_no)
  })

  test('the same key with other goods is refused', async () => {
    const shopper = shop.shopper(1)
    const key = newKey()
    await shopper.order('unifiedorder', { goods_id: 'jidangan', key })
    expect(await shopper.call('unifiedorder', { goods_id: 'zongzi', key })).toMatchObject({
      code: 1,
      error: 'KEY_REUSED',
    })
  })

  test('when the gateway took the order but its answer was lost, the next tap finishes the same order', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    shop.simulator.gateway.faults.inject('unifiedorder', { kind: 'reset', when: 'after', times: 2 })
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'UNKNOWN' })
    const order = await shopper.order('unifiedorder', request)
    expect(order.prepay_id).toBe(trade(order)?.prepay_id)
  })

  test('a socket that dies once is not noticed', async () => {
    shop.simulator.gateway.faults.inject('unifiedorder', { kind: 'reset', when: 'before' })
    expect((await shop.shopper(1).newOrder()).sign).toBeDefined()
  })

  test('a key whose order was paid answers with the paid order', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    await shopper.confirm(await shopper.order('unifiedorder', request))
    const settled = await shopper.order('unifiedorder', request)
    await shopper.order('payorder', settled)
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 1 })
  })
})

describe('what is asked of WeChat', () => {
  test('the gateway gets exactly the parameters that the order froze', async () => {
    const order = await shop.shopper(1).newOrder()
    expect(trade(order)?.request).toMatchObject(order.request)
    expect(order.request).toMatchObject({ total_fee: '1', trade_type: 'JSAPI', body: '鸡蛋干' })
    expect(trade(order)?.request).not.toHaveProperty('timeStamp')
  })

  test('an order expires half an hour after it was made, for the gateway too', async () => {
    const order = await shop.shopper(1).newOrder()
    expect(order.expires_at - order.created_at).toBe(30 * MINUTE)
    expect(order.request['time_expire']).toMatch(/^\d{14}$/)
  })

  test('a refusal is shown by its own words and code, and the row stays unpaid', async () => {
    const shopper = shop.shopper(1)
    const refusal = { err_code: 'NOAUTH', err_code_des: '商户无此接口权限' }
    shop.simulator.gateway.faults.inject('unifiedorder', { kind: 'refuse', ...refusal })
    const request = { goods_id: 'jidangan', key: newKey() }
    expect(await shopper.call('unifiedorder', request)).toEqual({
      code: 1,
      error: 'WECHAT_PAY_REFUSED',
      message: '商户无此接口权限',
      err_code: 'NOAUTH',
    })
    const unpaid = shop.simulator.orders().filter((row) => row['sign'] === undefined)
    expect(unpaid.map(({ status }) => status)).toContain(0)
  })

  test('an answer signed for another merchant is not believed', async () => {
    shop.simulator.gateway.faults.inject('unifiedorder', {
      kind: 'alter',
      change: (reply) => ({ ...reply, mch_id: '1900000109' }),
      resign: true,
    })
    const request = { goods_id: 'jidangan', key: newKey() }
    expect(await shop.shopper(1).call('unifiedorder', request)).toMatchObject({ error: 'UNKNOWN' })
  })

  test('an order that never reached the gateway in time cannot be paid any more', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    shop.simulator.gateway.faults.inject('unifiedorder', {
      kind: 'reset',
      when: 'before',
      times: 2,
    })
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'UNKNOWN' })
    shop.simulator.clock.advance(31 * MINUTE)
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
  })
})

describe('unpaid orders', () => {
  test('a shopper has ten at most, and may order again once one is paid, or expired and closed', async () => {
    const shopper = shop.shopper(5)
    const orders = await Promise.all(Array.from({ length: 10 }, () => shopper.newOrder()))
    const request = { goods_id: 'jidangan', key: newKey() }
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'TOO_MANY_UNPAID' })
    await shopper.confirm(orders[0]!)
    await shopper.order('payorder', orders[0]!)
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 0 })
    // the order of a known key is found, however many there are
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 0 })
    await closeAll()
    expect(await shopper.newOrder()).toMatchObject({ status: 0 })
  })

  test('five hundred taps with as many keys at once make ten orders that can be paid', async () => {
    const shopper = shop.shopper(6)
    const taps = Array.from({ length: 500 }, () =>
      shopper.call('unifiedorder', { goods_id: 'jidangan', key: newKey() }),
    )
    const payable = (await Promise.all(taps)).filter(({ code }) => code === 0)
    expect(payable.length).toBeLessThanOrEqual(10)
    const stored = shop.simulator.orders().filter(({ _openid }) => _openid === shopper.openid)
    const open = stored.filter((row) => row['close_requested_at'] === undefined)
    expect(open.length).toBeLessThanOrEqual(10)
    expect(stored.filter((row) => row['sign'] !== undefined).length).toBeLessThanOrEqual(10)
  }, 120_000)

  test('the key of an order that found no room gets no paySign by a second tap', async () => {
    const shopper = shop.shopper(7)
    const keys = Array.from({ length: 30 }, newKey)
    const tap = (key: string) => shopper.call('unifiedorder', { goods_id: 'jidangan', key })
    const first = await Promise.all(keys.map(tap))
    const again = await Promise.all(keys.map(tap))
    const signed = [...first, ...again].flatMap((reply) =>
      reply.code === 0 && reply.data.sign !== undefined ? reply.data._id : [],
    )
    expect(new Set(signed).size).toBeLessThanOrEqual(10)
  })

  test('orders that WeChat has no time for count, and so do those that are being cancelled', async () => {
    const shopper = shop.shopper(8)
    const request = () => ({ goods_id: 'jidangan', key: newKey() })
    for (let n = 0; n < 4; n++) await shopper.order('closeorder', await shopper.newOrder())
    shop.simulator.gateway.faults.limitRate('unifiedorder', 0)
    for (let n = 0; n < 6; n++) {
      expect(await shopper.call('unifiedorder', request())).toMatchObject({ error: 'UNKNOWN' })
    }
    expect(await shopper.call('unifiedorder', request())).toMatchObject({
      error: 'TOO_MANY_UNPAID',
    })
    await closeAll()
    expect(await shopper.newOrder()).toMatchObject({ status: 0 })
  })
})

describe('goods', () => {
  const put = (doc: Record<string, unknown>) =>
    shop.simulator.cloud.database.replace('goods', { _id: 'odd' }, doc as any)
  const buy = () => shop.shopper(1).call('unifiedorder', { goods_id: 'odd', key: newKey() })

  test('goods that do not exist are said so', async () => {
    const request = { goods_id: 'nothing', key: newKey() }
    expect(await shop.shopper(1).call('unifiedorder', request)).toMatchObject({
      error: 'GOODS_NOT_FOUND',
    })
  })

  test.each([0, -1, 1.5, '1', null, 2 ** 53])(
    'goods at a price of %p are not for sale',
    async (price) => {
      put({ name: '怪', price })
      expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
    },
  )

  test('goods that a client wrote are not for sale', async () => {
    put({ name: '便宜货', price: 1, _openid: shop.shopper(2).openid })
    expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
  })

  test.each([
    ['a\nb\r\nc\td', 'a b c d'],
    ['  绿茶 & 月饼\n', '绿茶 & 月饼'],
    ['\u2028x\u2029y\u0085z', 'x y z'],
    ['🍵 <茶>', '🍵 <茶>'],
    ['x'.repeat(127) + '\n茶', 'x'.repeat(127)],
  ])('the name %j is sent as %j', async (name, body) => {
    put({ name, price: 1 })
    expect(await buy()).toMatchObject({ code: 0, data: { body } })
  })

  test.each([
    '\u0000',
    '\u0007茶',
    '茶\u007f',
    '\u009b',
    '\ufffe',
    '\uffff',
    '\ud83c',
    '\udf75茶',
    ' \n ',
  ])('goods with the name %j are not for sale, and leave no row', async (name) => {
    put({ name, price: 1 })
    const before = shop.simulator.orders().length
    expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
    expect(shop.simulator.orders()).toHaveLength(before)
  })

  test('a name of more than 128 bytes is cut at a whole character', async () => {
    put({ name: '好'.repeat(43), price: 1 })
    expect(await buy()).toMatchObject({ code: 0, data: { body: '好'.repeat(42) } })
  })
})
