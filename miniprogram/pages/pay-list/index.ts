import type { Goods } from '../../../typings/contract'
import { failureOf, PayError, type Failure } from '../../services/errors'
import { goodsAfter } from '../../services/goods'
import { placeOrder } from '../../services/purchase'
import { different } from '../../utils/different'
import { idle, ListLoader, type ListRequest, type Loading } from '../../utils/list-loader'
import { onReconnect } from '../../utils/network'
import { shareShop } from '../../utils/share'
import { tellSlow } from '../../utils/slow'

interface PageData extends Loading {
  /** the goods, 20 a page, so that one more page is all that setData is told of */
  pages: Array<{ number: number; goods: Goods[] }>
  /** nothing is after the last one */
  end: boolean
  loaded: boolean
  /** `_id` of the product that is being ordered */
  ordering: string
  orderingIsSlow: boolean
  /** the product that could not be ordered, and why */
  refused: (Failure & { name: string; tooMany: boolean }) | null
}

type GoodsTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  { id: string; name: string }
>

const data: PageData = {
  ...idle,
  pages: [],
  end: false,
  loaded: false,
  ordering: '',
  orderingIsSlow: false,
  refused: null,
}

Page({
  data,
  loader: null as ListLoader | null,
  stopListening: () => {},
  visible: false,

  async onLoad() {
    this.loader = new ListLoader((changes) => this.setData(changes))
    this.stopListening = onReconnect(() => {
      if (this.data.refused?.offline) this.onDismiss()
      if (this.data.failure?.offline) void this.onRetry()
    })
    await this.load('refresh')
  },

  onShow() {
    this.visible = true
    this.onDismiss()
  },

  onHide() {
    this.visible = false
  },

  onUnload() {
    this.stopListening()
    this.loader?.stop()
    this.loader = null
  },

  async onPullDownRefresh() {
    await this.load('refresh')
    await wx.stopPullDownRefresh()
  },

  async onReachBottom() {
    if (this.data.loaded && !this.data.end && !this.loader?.busy) await this.load('more')
  },

  async onRetry() {
    await this.load(this.loader?.unfinished ?? 'refresh')
  },

  onShareAppMessage: shareShop,

  /** 下单: one tap, one order, which then opens. */
  async onOrder(event: GoodsTap) {
    if (this.data.ordering) return
    const { id: goods_id, name } = event.currentTarget.dataset
    this.update({ ordering: goods_id, refused: null })
    const ended = { ordering: '', orderingIsSlow: false }
    try {
      const slow = () => this.update({ orderingIsSlow: true })
      const order = await tellSlow(placeOrder(goods_id), slow)
      // a shopper who is elsewhere by now is left there: the order is on the list
      if (this.visible) {
        await wx.navigateTo({ url: `/pages/pay-result/index?id=${order.out_trade_no}` })
      }
      this.update(ended)
    } catch (error) {
      const tooMany = error instanceof PayError && error.error === 'TOO_MANY_UNPAID'
      this.update({ ...ended, refused: { name, tooMany, ...failureOf(error) } })
    }
  },

  /** 知道了 */
  onDismiss() {
    if (this.data.refused) this.update({ refused: null })
  },

  async load(request: ListRequest) {
    const { pages } = this.data
    const last = pages[pages.length - 1]?.goods
    const after = request === 'more' ? last?.[last.length - 1]?._id : undefined
    await this.loader?.load(
      request,
      () => goodsAfter(after),
      ({ goods, end }) =>
        request === 'more'
          ? {
              [`pages[${pages.length}]`]: { number: pages.length, goods },
              ...different(this.data, { end }),
            }
          : different(this.data, { pages: [{ number: 0, goods }], end, loaded: true }),
    )
  },

  update(changes: Partial<PageData>) {
    if (this.loader) this.setData(different(this.data, changes))
  },
})
