import type { TestShop } from '../../support/shop'

/** Runs what strangers do, and expects that nothing they could have changed has changed. */
export async function expectNoWrite(shop: TestShop, work: () => Promise<void>): Promise<void> {
  const before = everything(shop)
  await work()
  expect(everything(shop)).toBe(before)
}

function everything({ simulator: { cloud, gateway, orders } }: TestShop): string {
  const trades = gateway.ledger.trades()
  const refunds = trades.map(({ _id }) => gateway.ledger.refunds(_id))
  const goods = cloud.database.find('goods', { query: {} })
  return JSON.stringify([orders(), trades, refunds, goods, cloud.messages.sent()])
}
