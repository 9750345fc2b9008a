import { createHmac } from 'node:crypto'
import { openShop, type TestShop } from '../support/shop'

/* The time limits of the adapters, with the real SDKs and sockets. */

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterEach(() => {
  shop.simulator.gateway.faults.clear()
  shop.simulator.cloud.faults.clear()
})
afterAll(() => shop.close())

const secondsOf = async (work: Promise<unknown>) => {
  const started = performance.now()
  await work
  return (performance.now() - started) / 1000
}

test('a write times out after three seconds if the database does not reply', async () => {
  const shopper = shop.shopper(1)
  const order = await shopper.newOrder()
  await shopper.confirm(order)
  shop.simulator.cloud.faults.inject('database.modifyDocument', { kind: 'silence', when: 'before' })
  expect(await secondsOf(shopper.order('payorder', order))).toBeLessThan(10)
  expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1 })
}, 60_000)

test('a notification is refused before WeChat’s timeout if processing it takes too long', async () => {
  const shopper = shop.shopper(1)
  const order = await shopper.newOrder()
  await shopper.confirm(order)
  const { gateway } = shop.simulator
  await shop.simulator.cloud.functions.warm('pay-notify')
  gateway.faults.inject('orderquery', { kind: 'delay', ms: 4300 })
  const id = `payment:${order.out_trade_no}`
  expect(await gateway.notifications.sendNow(id)).toEqual([false])
  // The instance is now frozen with its query pending; its next call completes both.
  expect(await gateway.notifications.sendNow(id)).toEqual([true])
  expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1 })
}, 60_000)

test('the log identifies an order by a hash with the merchant’s key', async () => {
  const order = await shop.shopper(1).newOrder()
  await shop.shopper(1).order('orderquery', order)
  const { key } = shop.simulator.gateway.merchant
  const hash = createHmac('sha256', key).update(order.out_trade_no).digest('hex').slice(0, 12)
  const lines = shop.simulator.log.filter(({ name }) => name === 'pay').map(({ text }) => text)
  expect(lines.some((line) => line.includes(`"order":"${hash}"`))).toBe(true)
})
