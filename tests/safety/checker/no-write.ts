import type { TestShop } from '../../support/shop'

/** Runs `work` and expects that no order, trade, refund, message or goods changed. */
export async function expectNoWrite(shop: TestShop, work: () => Promise<void>): Promise<void> {
  const before = snapshotOf(shop)
  await work()
  expect(snapshotOf(shop)).toBe(before)
}

function snapshotOf({ simulator: { cloud, gateway, orders } }: TestShop): string {
  const trades = gateway.ledger.trades()
  const refunds = trades.map(({ _id }) => gateway.ledger.refunds(_id))
  const goods = cloud.database.find('goods', { query: {} })
  return JSON.stringify([orders(), trades, refunds, goods, cloud.messages.sent()])
}
