import type { Goods } from '../../../typings/contract'
import { failureOf, PayError, type Failure } from '../../services/errors'
import { goodsAfter } from '../../services/goods'
import { placeOrder } from '../../services/purchase'
import { changedFields } from '../../utils/changed-fields'
import { IDLE, ListLoader, type ListRequest, type Loading } from '../../utils/list-loader'
import { onReconnect } from '../../utils/network'
import { shareShop } from '../../utils/share'
import { notifyWhenSlow } from '../../utils/slow'

interface PageData extends Loading {
  /** the goods, 20 a page, so that setData receives only the new page when one is appended */
  pages: Array<{ number: number; goods: Goods[] }>
  /** there are no more goods after the last one */
  end: boolean
  loaded: boolean
  /** `_id` of the product that is being ordered */
  ordering: string
  orderingIsSlow: boolean
  /** the product that could not be ordered, and the reason */
  refused: (Failure & { name: string; tooMany: boolean }) | null
}

type GoodsTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  { id: string; name: string }
>

const INITIAL_DATA: PageData = {
  ...IDLE,
  pages: [],
  end: false,
  loaded: false,
  ordering: '',
  orderingIsSlow: false,
  refused: null,
}

Page({
  data: INITIAL_DATA,
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

  /** 下单: places one order for one tap, then opens it. */
  async onOrder(event: GoodsTap) {
    if (this.data.ordering) return
    const { id: goods_id, name } = event.currentTarget.dataset
    this.update({ ordering: goods_id, refused: null })
    const done = { ordering: '', orderingIsSlow: false }
    try {
      const onSlow = () => this.update({ orderingIsSlow: true })
      const order = await notifyWhenSlow(placeOrder(goods_id), onSlow)
      // A shopper who has left the page stays there: the order is on the order list.
      if (this.visible) {
        await wx.navigateTo({ url: `/pages/pay-result/index?id=${order.out_trade_no}` })
      }
      this.update(done)
    } catch (error) {
      const tooMany = error instanceof PayError && error.error === 'TOO_MANY_UNPAID'
      this.update({ ...done, refused: { name, tooMany, ...failureOf(error) } })
    }
  },

  /** 知道了: hides why the product could not be ordered. */
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
              ...changedFields(this.data, { end }),
            }
          : changedFields(this.data, { pages: [{ number: 0, goods }], end, loaded: true }),
    )
  },

  update(changes: Partial<PageData>) {
    if (this.loader) this.setData(changedFields(this.data, changes))
  },
})
