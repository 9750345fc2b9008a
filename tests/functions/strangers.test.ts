import { actionNames } from '../../cloudfunctions/pay/src/actions'
import type { Order } from '../../typings/contract'
import { newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
let paid: Order
beforeAll(async () => {
  shop = await openShop()
  paid = await shop.shopper(1).paidOrder()
})
afterAll(() => shop.close())

/** Every action about an order that there is. */
const ACTIONS = actionNames.filter((name) => name !== 'unifiedorder')
const NOT_FOUND = { code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' }

describe.each(ACTIONS)('%s', (type) => {
  test('of another shopper’s order is answered as if there were none', async () => {
    const data = { out_trade_no: paid.out_trade_no }
    expect(await shop.shopper(2).call(type, data)).toEqual(NOT_FOUND)
    expect(await shop.shopper(2).call(type, { out_trade_no: 'f'.repeat(32) })).toEqual(NOT_FOUND)
    expect(shop.stored(paid.out_trade_no)).toEqual(paid)
  })

  test('with an openid of one’s own making is answered the same', async () => {
    const forged = { out_trade_no: paid.out_trade_no, openid: paid._openid, _openid: paid._openid }
    const event = { type, data: forged, userInfo: { openId: paid._openid }, OPENID: paid._openid }
    const { result } = await shop.simulator.phone(2).client.callFunction('pay', event)
    expect(result).toEqual(NOT_FOUND)
  })

  test.each([undefined, null, '', 7, 'x', ['a'], { $ne: '' }, { $regex: '.*' }, { $gt: '' }])(
    'with %j for a number is answered the same',
    async (out_trade_no) => {
      expect(await shop.shopper(1).call(type, { out_trade_no })).toEqual(NOT_FOUND)
    },
  )
})

describe('at the door', () => {
  test.each([undefined, null, 7, 'pay', [], { constructor: 1 }])(
    'an event of type %j is refused, with what was expected',
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
  ])('unifiedorder %j is refused and names %s', async (data, name) => {
    const reply = await shop.shopper(1).call('unifiedorder', data)
    expect(reply).toMatchObject({ code: 1, error: 'BAD_REQUEST' })
    expect((reply as any).message).toContain(name)
  })

  test('the price and the openid in an event are not read', async () => {
    const shopper = shop.shopper(1)
    const data = { goods_id: 'zongzi', key: newKey(), total_fee: 1, price: 1, openid: 'oOther' }
    const order = await shopper.order('unifiedorder', data)
    expect(order).toMatchObject({ total_fee: 5, _openid: shopper.openid })
  })
})

describe('from the phone to the database', () => {
  const ask = async (shopper: number, request: object) =>
    shop.simulator.phone(shopper).client.database(request)
  const denied = { errCode: -502003 }

  test('goods cannot be added', async () => {
    const add = { collection: 'goods', op: 'add', data: { name: '便宜货', price: 1 } }
    await expect(ask(1, add)).rejects.toMatchObject(denied)
  })

  test('an order cannot be edited, not even by its owner', async () => {
    const where = { _openid: '{openid}', _id: paid._id }
    const edit = { collection: 'orders', op: 'update', where, data: { status: 4 } }
    await expect(ask(1, edit)).rejects.toMatchObject(denied)
  })

  test('only one’s own orders come back', async () => {
    const query = { collection: 'orders', op: 'get', where: { _openid: '{openid}' } }
    expect((await ask(1, query)).data).not.toHaveLength(0)
    expect((await ask(2, query)).data).toHaveLength(0)
  })

  test('a query without the owner in it is refused', async () => {
    const query = { collection: 'orders', op: 'get', where: { _id: paid._id } }
    await expect(ask(1, query)).rejects.toMatchObject(denied)
  })
})

describe('what is written down', () => {
  test('the log holds no order number, openid, transaction id or key', async () => {
    const lines = shop.simulator.log.filter(({ source }) => source === 'function')
    const text = JSON.stringify(lines)
    expect(lines.length).toBeGreaterThan(50)
    expect(text).not.toContain(paid.out_trade_no)
    expect(text).not.toContain(paid._openid)
    expect(text).not.toContain(paid.transaction_id)
    expect(text).not.toContain(shop.simulator.gateway.merchant.key)
  })
})
