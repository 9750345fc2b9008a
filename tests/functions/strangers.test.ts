import { ACTION_NAMES } from '../../cloudfunctions/pay/src/actions'
import type { Order } from '../../typings/contract'
import { newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
let paid: Order
beforeAll(async () => {
  shop = await openShop()
  paid = await shop.shopper(1).paidOrder()
})
afterAll(() => shop.close())

/** Every action on an existing order. */
const ACTIONS = ACTION_NAMES.filter((name) => name !== 'unifiedorder')
const NOT_FOUND = { code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' }

describe.each(ACTIONS)('%s', (type) => {
  test('on another shopper’s order gets the same reply as on no order', async () => {
    const data = { out_trade_no: paid.out_trade_no }
    expect(await shop.shopper(2).call(type, data)).toEqual(NOT_FOUND)
    expect(await shop.shopper(2).call(type, { out_trade_no: 'f'.repeat(32) })).toEqual(NOT_FOUND)
    expect(shop.stored(paid.out_trade_no)).toEqual(paid)
  })

  test('with a forged openid gets the same reply', async () => {
    const forged = { out_trade_no: paid.out_trade_no, openid: paid._openid, _openid: paid._openid }
    const event = { type, data: forged, userInfo: { openId: paid._openid }, OPENID: paid._openid }
    const { result } = await shop.simulator.phone(2).client.callFunction('pay', event)
    expect(result).toEqual(NOT_FOUND)
  })

  test.each([undefined, null, '', 7, 'x', ['a'], { $ne: '' }, { $regex: '.*' }, { $gt: '' }])(
    'with the order number %j gets the same reply',
    async (out_trade_no) => {
      expect(await shop.shopper(1).call(type, { out_trade_no })).toEqual(NOT_FOUND)
    },
  )
})

describe('a malformed request', () => {
  test.each([undefined, null, 7, 'pay', [], { constructor: 1 }])(
    'of type %j is refused, with what was expected',
    async (type) => {
      const { result } = await shop.simulator
        .phone(1)
        .client.callFunction('pay', { type, data: {} })
      expect(result).toMatchObject({ code: 1, error: 'BAD_REQUEST' })
      expect((result as any).message).toContain('unifiedorder')
    },
  )

  test.each([
    [{ goods_id: 'jidangan' }, 'key'],
    [{ goods_id: 'jidangan', key: 'short' }, 'key'],
    [{ goods_id: 'jidangan', key: { $ne: '' } }, 'key'],
    [{ key: newKey() }, 'goods_id'],
    [{ goods_id: { $gt: '' }, key: newKey() }, 'goods_id'],
    [{ goods_id: 'a b', key: newKey() }, 'goods_id'],
    [undefined, 'goods_id'],
  ])('of unifiedorder, %j, is refused, and the message names %s', async (data, name) => {
    const reply = await shop.shopper(1).call('unifiedorder', data)
    expect(reply).toMatchObject({ code: 1, error: 'BAD_REQUEST' })
    expect((reply as any).message).toContain(name)
  })

  test('with a price and an openid gets neither of them into the order', async () => {
    const shopper = shop.shopper(1)
    const data = { goods_id: 'zongzi', key: newKey(), total_fee: 1, price: 1, openid: 'oOther' }
    const order = await shopper.order('unifiedorder', data)
    expect(order).toMatchObject({ total_fee: 5, _openid: shopper.openid })
  })
})

describe('database requests of a phone', () => {
  const ask = async (shopper: number, request: object) =>
    shop.simulator.phone(shopper).client.database(request)
  const denied = { errCode: -502003 }

  test('cannot add goods', async () => {
    const add = { collection: 'goods', op: 'add', data: { name: '便宜货', price: 1 } }
    await expect(ask(1, add)).rejects.toMatchObject(denied)
  })

  test('cannot edit an order, not even one’s own', async () => {
    const where = { _openid: '{openid}', _id: paid._id }
    const edit = { collection: 'orders', op: 'update', where, data: { status: 4 } }
    await expect(ask(1, edit)).rejects.toMatchObject(denied)
  })

  test('return only one’s own orders', async () => {
    const query = { collection: 'orders', op: 'get', where: { _openid: '{openid}' } }
    expect((await ask(1, query)).data).not.toHaveLength(0)
    expect((await ask(2, query)).data).toHaveLength(0)
  })

  test('are refused without the owner in the query', async () => {
    const query = { collection: 'orders', op: 'get', where: { _id: paid._id } }
    await expect(ask(1, query)).rejects.toMatchObject(denied)
  })
})

describe('the log', () => {
  test('contains no order number, openid, transaction id or key', async () => {
    const lines = shop.simulator.log.filter(({ source }) => source === 'function')
    const text = JSON.stringify(lines)
    expect(lines.length).toBeGreaterThan(50)
    expect(text).not.toContain(paid.out_trade_no)
    expect(text).not.toContain(paid._openid)
    expect(text).not.toContain(paid.transaction_id)
    expect(text).not.toContain(shop.simulator.gateway.merchant.key)
  })
})
