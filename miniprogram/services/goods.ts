import type { Goods } from '../../typings/contract'
import { unreachable } from './errors'

/** A query from the phone answers with 20 documents at most (CloudBase: Collection.limit). */
const PAGE_SIZE = 20

/** One page of what the shop sells; `end` when there is nothing after it. */
export interface GoodsPage {
  goods: Goods[]
  end: boolean
}

/**
 * The goods after the one called `id`, from the first on without it, in the order of `_id`.
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
