import { HOUR, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

describe('from 下单 to 已退款', () => {
  test('a new order is unpaid, with the price and the name of the goods', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    expect(order).toMatchObject({
      _openid: shopper.openid,
      goods_id: 'jidangan',
      body: '鸡蛋干',
      total_fee: 1,
      status: 0,
      trade_state: 'NOTPAY',
    })
    expect(order._id).toBe(order.out_trade_no)
    expect(shop.stored(order.out_trade_no)).toEqual(order)
  })

  test('payorder makes a paid order 已支付, with WeChat’s data of the payment', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    const paid = await shopper.order('payorder', order)
    expect(paid).toMatchObject({ status: 1, trade_state: 'SUCCESS', paid_fee: 1 })
    expect(paid.transaction_id).toMatch(/^\d{28}$/)
    expect(paid.paid_at).toBeGreaterThanOrEqual(order.created_at - 1000)
    // The timer queries manual refunds once, while the shopper could also refund the order
    expect(paid.next_check_at).toBe(paid.paid_at! + 24 * HOUR)
  })

  test('a refund is first accepted, and a few seconds later paid out', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    const requested = await shopper.order('refund', order)
    expect(requested).toMatchObject({ status: 3, trade_state: 'REFUNDING' })
    expect(requested.refund?.out_refund_no).toBe(`${order.out_trade_no}-1`)
    expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 3 })
    shop.simulator.clock.advance(5000)
    const refunded = await shopper.order('queryrefund', {
      out_trade_no: order.out_trade_no,
      out_refund_no: `${order.out_trade_no}-1`,
    })
    expect(refunded).toMatchObject({
      status: 4,
      trade_state: 'REFUNDED',
      refund: { state: 'SUCCESS' },
    })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test('a refunded order can be deleted from the list, and its document is kept', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    await shopper.order('refund', order)
    shop.simulator.clock.advance(5000)
    await shopper.order('queryrefund', order)
    expect(await shopper.order('deleteorder', order)).toMatchObject({ hidden: true, status: 4 })
    expect(shop.stored(order.out_trade_no)).toMatchObject({ hidden: true })
  })

  test('every write of an order increases rev by one', async () => {
    const order = await shop.shopper(1).paidOrder()
    // The new order, the paySign, the payment, the message
    expect(order.rev).toBe(4)
  })
})
