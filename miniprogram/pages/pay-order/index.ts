import { failureOf, type Failure } from '../../services/errors'
import { ordersBefore } from '../../services/orders'
import { withPage, type OrderList } from '../../utils/order-list'

/** A cursor that every order is older than. */
const NEWEST = Number.MAX_SAFE_INTEGER

type Request = 'refresh' | 'more'

interface PageData extends OrderList {
  /** what is being asked for */
  asking: Request | ''
  /** what could not be had, and why */
  failed: Request | ''
  failure: Failure | null
}

type OrderTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  { id: string; createdAt: number }
>

Page({
  data: { orders: [], end: false, asking: '', failed: '', failure: null } as PageData,

  /** grows with every request, so that a late reply is known as such */
  turn: 0,
  /** `created_at` of the order that was opened from here, 0 while there is none */
  opened: 0,

  async onShow() {
    await this.load('refresh')
    this.opened = 0
  },

  onUnload() {
    this.turn++
  },

  async onPullDownRefresh() {
    await this.load('refresh')
    await wx.stopPullDownRefresh()
  },

  async onReachBottom() {
    const { orders, end, asking } = this.data
    if (orders.length > 0 && !end && !asking) await this.load('more')
  },

  async onRetry() {
    await this.load(this.data.failed || 'refresh')
  },

  async onOpen(event: OrderTap) {
    const { id, createdAt } = event.currentTarget.dataset
    this.opened = createdAt
    await wx.navigateTo({ url: `/pages/pay-result/index?id=${id}` })
  },

  /** A later request makes the reply to an earlier one moot. The list stays while it is asked for. */
  async load(request: Request) {
    const turn = ++this.turn
    this.setData({ asking: request, failed: '', failure: null })
    try {
      const { orders, end } = await this.read(request)
      if (turn === this.turn) this.setData({ orders, end, asking: '' })
    } catch (error) {
      if (turn !== this.turn) return
      this.setData({ asking: '', failed: request, failure: failureOf(error) })
    }
  },

  /** The list as it is after `request`. An order that was opened may lie far down: it is read too. */
  async read(request: Request): Promise<OrderList> {
    const { orders, end } = this.data
    const oldest = orders[orders.length - 1]?.created_at ?? NEWEST
    const opened = this.opened ? [this.opened + 1] : []
    const cursors = request === 'more' ? [oldest] : [NEWEST, ...opened]
    const pages = await Promise.all(cursors.map(ordersBefore))
    return pages.reduce<OrderList>(
      (list, page, index) => withPage(list, cursors[index] ?? NEWEST, page),
      { orders, end },
    )
  },
})
