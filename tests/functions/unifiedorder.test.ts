import type { Order } from '../../typings/contract'
import { fullOrSample } from '../support/run/full-run'
import { MINUTE, newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(closeAll)
afterAll(() => shop.close())

/** Lets every unpaid order expire and closes it, so that the next test starts without any. */
async function closeAll(): Promise<void> {
  const { clock, cloud, gateway } = shop.simulator
  gateway.faults.clear()
  clock.advance(36 * MINUTE)
  await cloud.timers.run('pay-reconcile')
}

const trade = (order: Order) => shop.simulator.gateway.ledger.trade(order.out_trade_no)

describe('an idempotency key', () => {
  test('returns the same order for a repeated tap', async () => {
    const shopper = shop.shopper(1)
    const key = newKey()
    const first = await shopper.order('unifiedorder', { goods_id: 'jidangan', key })
    expect(await shopper.order('unifiedorder', { goods_id: 'jidangan', key })).toEqual(first)
  })

  test('creates one order for ten taps at once, with equal replies', async () => {
    const shopper = shop.shopper(2)
    const key = newKey()
    const request = { goods_id: 'jidangan', key }
    const orders = await Promise.all(
      Array.from({ length: 10 }, () => shopper.order('unifiedorder', request)),
    )
    expect(orders).toEqual(Array.from({ length: 10 }, () => orders[0]))
    expect(trade(orders[0]!)?.prepay_id).toBe(orders[0]!.prepay_id)
  })

  test('of another shopper creates another order', async () => {
    const key = newKey()
    const mine = await shop.shopper(1).order('unifiedorder', { goods_id: 'jidangan', key })
    const theirs = await shop.shopper(2).order('unifiedorder', { goods_id: 'jidangan', key })
    expect(theirs.out_trade_no).not.toBe(mine.out_trade_no)
  })

  test('with other goods is refused', async () => {
    const shopper = shop.shopper(1)
    const key = newKey()
    await shopper.order('unifiedorder', { goods_id: 'jidangan', key })
    expect(await shopper.call('unifiedorder', { goods_id: 'zongzi', key })).toMatchObject({
      code: 1,
      error: 'KEY_REUSED',
    })
  })

  test('completes the same order on the next tap if the gateway’s reply was lost', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    shop.simulator.gateway.faults.inject('unifiedorder', { kind: 'reset', when: 'after', times: 2 })
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'UNKNOWN' })
    const order = await shopper.order('unifiedorder', request)
    expect(order.prepay_id).toBe(trade(order)?.prepay_id)
  })

  test('needs no second tap if a connection is lost once', async () => {
    shop.simulator.gateway.faults.inject('unifiedorder', { kind: 'reset', when: 'before' })
    expect((await shop.shopper(1).newOrder()).sign).toBeDefined()
  })

  test('returns a paid order if its order was paid', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    await shopper.confirm(await shopper.order('unifiedorder', request))
    const settled = await shopper.order('unifiedorder', request)
    await shopper.order('payorder', settled)
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 1 })
  })
})

describe('the request to WeChat', () => {
  test('has exactly the parameters that the order stores', async () => {
    const order = await shop.shopper(1).newOrder()
    expect(trade(order)?.request).toMatchObject(order.request)
    expect(order.request).toMatchObject({ total_fee: '1', trade_type: 'JSAPI', body: '鸡蛋干' })
    expect(trade(order)?.request).not.toHaveProperty('timeStamp')
  })

  test('lets the order expire after half an hour, also at the gateway', async () => {
    const order = await shop.shopper(1).newOrder()
    expect(order.expires_at - order.created_at).toBe(30 * MINUTE)
    expect(order.request['time_expire']).toMatch(/^\d{14}$/)
  })

  test('that is refused returns WeChat’s message and code, and the order stays unpaid', async () => {
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

  test('gets an unknown outcome from a reply for another merchant', async () => {
    shop.simulator.gateway.faults.inject('unifiedorder', {
      kind: 'alter',
      change: (reply) => ({ ...reply, mch_id: '1900000109' }),
      resign: true,
    })
    const request = { goods_id: 'jidangan', key: newKey() }
    expect(await shop.shopper(1).call('unifiedorder', request)).toMatchObject({ error: 'UNKNOWN' })
  })

  test('is not sent again after the order has expired', async () => {
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
  test('are at most ten; a shopper can order again after one is paid, or closed after it expires', async () => {
    const shopper = shop.shopper(5)
    const orders = await Promise.all(Array.from({ length: 10 }, () => shopper.newOrder()))
    const request = { goods_id: 'jidangan', key: newKey() }
    expect(await shopper.call('unifiedorder', request)).toMatchObject({ error: 'TOO_MANY_UNPAID' })
    await shopper.confirm(orders[0]!)
    await shopper.order('payorder', orders[0]!)
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 0 })
    // The order of a known key is returned even at the limit
    expect(await shopper.order('unifiedorder', request)).toMatchObject({ status: 0 })
    await closeAll()
    expect(await shopper.newOrder()).toMatchObject({ status: 0 })
  })

  test('of many taps at once, each with its own key, at most ten can be paid', async () => {
    const shopper = shop.shopper(6)
    const taps = Array.from({ length: fullOrSample(500, 40) }, () =>
      shopper.call('unifiedorder', { goods_id: 'jidangan', key: newKey() }),
    )
    const payable = (await Promise.all(taps)).filter(({ code }) => code === 0)
    expect(payable.length).toBeLessThanOrEqual(10)
    const stored = shop.simulator.orders().filter(({ _openid }) => _openid === shopper.openid)
    const open = stored.filter((row) => row['close_requested_at'] === undefined)
    expect(open.length).toBeLessThanOrEqual(10)
    expect(stored.filter((row) => row['sign'] !== undefined).length).toBeLessThanOrEqual(10)
  }, 120_000)

  test('above the limit get no paySign on a second tap with their key', async () => {
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

  test('include those that WeChat refused temporarily, and those that are being cancelled', async () => {
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

  test('that do not exist are an error', async () => {
    const request = { goods_id: 'nothing', key: newKey() }
    expect(await shop.shopper(1).call('unifiedorder', request)).toMatchObject({
      error: 'GOODS_NOT_FOUND',
    })
  })

  test.each([0, -1, 1.5, '1', null, 2 ** 53])(
    'with the price %p are not for sale',
    async (price) => {
      put({ name: '怪', price })
      expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
    },
  )

  test('that a client wrote are not for sale', async () => {
    put({ name: '便宜货', price: 1, _openid: shop.shopper(2).openid })
    expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
  })

  test.each([
    ['a\nb\r\nc\td', 'a b c d'],
    ['  绿茶 & 月饼\n', '绿茶 & 月饼'],
    ['\u2028x\u2029y\u0085z', 'x y z'],
    ['🍵 <茶>', '🍵 <茶>'],
    ['x'.repeat(127) + '\n茶', 'x'.repeat(127)],
  ])('with the name %j are ordered as %j', async (name, body) => {
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
  ])('with the name %j are not for sale, and no order is stored', async (name) => {
    put({ name, price: 1 })
    const before = shop.simulator.orders().length
    expect(await buy()).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
    expect(shop.simulator.orders()).toHaveLength(before)
  })

  test('with a name of more than 128 bytes are ordered with the name cut at a whole character', async () => {
    put({ name: '好'.repeat(43), price: 1 })
    expect(await buy()).toMatchObject({ code: 0, data: { body: '好'.repeat(42) } })
  })
})
