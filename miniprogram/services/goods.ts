import type { Goods } from '../../typings/contract'
import { unreachable } from './errors'

/** A query from the phone answers with 20 documents at most (CloudBase: Collection.limit). */
const PAGE_SIZE = 20

/**
 * Everything the shop sells, in the order of `_id`.
 * @throws PayError UNKNOWN
 */
export async function allGoods(): Promise<Goods[]> {
  const goods: Goods[] = []
  for (;;) {
    const page = await goodsAfter(goods[goods.length - 1]?._id ?? '')
    goods.push(...page)
    if (page.length < PAGE_SIZE) return goods
  }
}

async function goodsAfter(id: string): Promise<Goods[]> {
  try {
    const db = wx.cloud.database()
    const found = await db
      .collection('goods')
      .where({ _id: db.command.gt(id) })
      .orderBy('_id', 'asc')
      .limit(PAGE_SIZE)
      .get()
    return found.data as Goods[]
  } catch (cause) {
    throw unreachable(cause)
  }
}
