import type { Goods } from '../../typings/contract'
import { unreachable } from './errors'

/** The most documents that a query from the phone returns (CloudBase: Collection.limit). */
const PAGE_SIZE = 20

/** One page of the goods; `end` when it is the last one. */
export interface GoodsPage {
  goods: Goods[]
  end: boolean
}

/**
 * Reads the page of goods after the product `id`, or the first page without it, ordered by `_id`.
 * @throws PayError UNKNOWN
 */
export async function goodsAfter(id = ''): Promise<GoodsPage> {
  try {
    const db = wx.cloud.database()
    const found = await db
      .collection('goods')
      .where({ _id: db.command.gt(id) })
      .orderBy('_id', 'asc')
      .limit(PAGE_SIZE)
      .get()
    const goods = found.data as Goods[]
    return { goods, end: goods.length < PAGE_SIZE }
  } catch (cause) {
    throw await unreachable(cause)
  }
}
