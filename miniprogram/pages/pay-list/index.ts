import { failureOf, type Failure } from '../../services/errors'
import { allGoods } from '../../services/goods'
import { placeOrder } from '../../services/purchase'
import type { Goods } from '../../../typings/contract'

interface PageData {
  goods: Goods[]
  loaded: boolean
  /** why the goods could not be loaded */
  failure: Failure | null
  /** `_id` of the product that is being ordered */
  ordering: string
  /** the product that could not be ordered, and why */
  refused: (Failure & { goods_id: string }) | null
}

type GoodsTap = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string }>

Page({
  data: { goods: [], loaded: false, failure: null, ordering: '', refused: null } as PageData,

  /** grows with every loading, so that a late reply is known as such */
  turn: 0,
  unloaded: false,

  async onLoad() {
    await this.load()
  },

  onUnload() {
    this.unloaded = true
  },

  async onPullDownRefresh() {
    await this.load()
    await wx.stopPullDownRefresh()
  },

  async onRetry() {
    this.update({ failure: null })
    await this.load()
  },

  /** 下单: one tap, one order, which then opens. */
  async onOrder(event: GoodsTap) {
    if (this.data.ordering) return
    const goods_id = event.currentTarget.dataset.id
    this.update({ ordering: goods_id, refused: null })
    try {
      const order = await placeOrder(goods_id)
      await wx.navigateTo({ url: `/pages/pay-result/index?id=${order.out_trade_no}` })
    } catch (error) {
      this.update({ refused: { goods_id, ...failureOf(error) } })
    }
    this.update({ ordering: '' })
  },

  async load() {
    const turn = ++this.turn
    try {
      const goods = await allGoods()
      if (turn === this.turn) this.update({ goods, loaded: true, failure: null })
    } catch (error) {
      if (turn === this.turn) this.update({ failure: failureOf(error) })
    }
  },

  update(data: Partial<PageData>) {
    if (!this.unloaded) this.setData(data)
  },
})
