import { HOUR, openShop, type TestShop } from '../support/shop'

/* The indexes of cloud/database/indexes.json serve every query of functions and pages. */

let shop: TestShop
beforeAll(async () => (shop = await openShop()))
afterAll(() => shop.close())

const DUE = 130

/** Stores orders that were never paid, and that the timer must process. */
function storeDueOrders(): void {
  const { clock, cloud } = shop.simulator
  const orders = Array.from({ length: DUE }, (_, n) => {
    const _id = n.toString(16).padStart(32, '0')
    const expired = clock.now() - HOUR
    return {
      _id,
      _openid: `oShopper${n % 7}`,
      out_trade_no: _id,
      goods_id: 'jidangan',
      body: '鸡蛋干',
      total_fee: 1,
      status: 0,
      trade_state: 'NOTPAY',
      trade_state_desc: '未支付',
      request: {},
      sign_type: 'MD5',
      created_at: expired,
      expires_at: expired,
      next_check_at: expired + n,
      hidden: false,
      rev: 1,
      moved_by: 'test',
    }
  })
  cloud.database.insert('orders', orders)
}

test('no query of an order’s life, of the timer or of a page is a full scan', async () => {
  const { cloud, log, phone } = shop.simulator
  const shopper = shop.shopper(1)
  const order = await shopper.paidOrder()
  await shopper.order('refund', order)
  await shopper.order('queryrefund', order)
  await shopper.order('closeorder', await shopper.newOrder())
  storeDueOrders()
  await cloud.timers.run('pay-reconcile')
  const { client } = phone(1)
  client.database({
    collection: 'orders',
    op: 'get',
    where: { _openid: '{openid}', hidden: false, created_at: { $lt: shop.simulator.clock.now() } },
    orderBy: [['created_at', 'desc']],
  })
  client.database({
    collection: 'goods',
    op: 'get',
    where: { _id: { $gt: '' } },
    orderBy: [['_id', 'asc']],
  })
  const closed = cloud.database.find('orders', { query: { goods_id: 'jidangan', status: 2 } })
  expect(closed.length).toBeGreaterThan(100)
  const scans = log.filter(({ text }) => text.startsWith('full scan'))
  // The test's own query is one: scans are logged.
  expect(scans.map(({ name, text }) => `${name}: ${text}`)).toEqual([
    'orders: full scan: no index serves a query by goods_id, status',
  ])
})

test('a page of due orders reads only its own rows', async () => {
  const { database, timers } = shop.simulator.cloud
  const find = database.find.bind(database)
  const pages: { found: number; read: number }[] = []
  jest.spyOn(database, 'find').mockImplementation((collection, options, view) => {
    const before = database.documentsRead
    const found = find(collection, options, view)
    // The query for unpaid orders, one of the four kinds of work
    if (options.order?.['next_check_at'] && JSON.stringify(options.query).includes('"status":0')) {
      pages.push({ found: found.length, read: database.documentsRead - before })
    }
    return found
  })
  database.remove('orders', {}, { multi: true })
  storeDueOrders()
  await timers.run('pay-reconcile')
  expect(pages).toEqual([
    { found: 100, read: 100 },
    { found: 30, read: 30 },
  ])
})
