import { openShop as openShopOf, type Shop } from '../../scripts/bench/shop'
import type { Order } from '../../typings/contract'
import { functionFiles } from './functions'
import { copyMerchant } from './merchant'
import { project } from './project'

export { HOUR, MINUTE, newKey, type Shopper } from '../../scripts/bench/shop'

export interface TestShop extends Shop {
  /** the id of the one subscribe message template */
  templateId: string
  /** Returns the stored row of an order. */
  stored(out_trade_no: string): Order
}

/**
 * Starts a simulator for one test file. Notifications and timers are held until a test fires them.
 * In jest's project `built` it runs the functions that `npm run build` would upload.
 */
export async function openShop(): Promise<TestShop> {
  const shop = await openShopOf(project, {
    functionFiles: await functionFiles(),
    writeMerchant: copyMerchant,
  })
  return {
    ...shop,
    templateId: shop.simulator.settings.templates[0]!.id,
    stored: (out_trade_no) => shop.simulator.order(out_trade_no) as unknown as Order,
  }
}
