import { ordersBefore } from '../../services/orders'
import { changedFields } from '../../utils/changed-fields'
import { IDLE, ListLoader, type ListRequest, type Loading } from '../../utils/list-loader'
import { onReconnect } from '../../utils/network'
import { changedPages, withPage, type OrderList, type RowPage } from '../../utils/order-list'
import { shareShop } from '../../utils/share'

/** A cursor for the first page: every order is older. */
const NEWEST = Number.MAX_SAFE_INTEGER

interface PageData extends Loading {
  /** the orders, 20 a page */
  pages: RowPage[]
  /** there are no older orders than the last one */
  end: boolean
  loaded: boolean
}

type OrderOpen = WechatMiniprogram.CustomEvent<{ id: string; createdAt: number }>

const INITIAL_DATA: PageData = { ...IDLE, pages: [], end: false, loaded: false }

Page({
  data: INITIAL_DATA,
  list: { orders: [], end: false } as OrderList,
  loader: null as ListLoader | null,
  stopListening: () => {},
  /** `created_at` of the order that was opened from the list, or 0 */
  opened: 0,

  onLoad() {
    this.loader = new ListLoader((changes) => this.setData(changes))
    this.stopListening = onReconnect(() => {
      if (this.data.failure?.offline) void this.onRetry()
    })
  },

  async onShow() {
    await this.load('refresh')
    this.opened = 0
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
    const { orders, end } = this.list
    if (orders.length > 0 && !end && !this.loader?.busy) await this.load('more')
  },

  async onRetry() {
    await this.load(this.loader?.unfinished ?? 'refresh')
  },

  onShareAppMessage: shareShop,

  async onOpen({ detail: { id, createdAt } }: OrderOpen) {
    this.opened = createdAt
    await wx.navigateTo({ url: `/pages/pay-result/index?id=${id}` })
  },

  async load(request: ListRequest) {
    await this.loader?.load(
      request,
      () => this.read(request),
      (list) => {
        const { orders } = this.list
        this.list = list
        const { end } = list
        return {
          ...changedPages(orders, list.orders),
          ...changedFields(this.data, { end, loaded: true }),
        }
      },
    )
  },

  /** Returns the list after `request`. A refresh also reads the page of the order that was opened. */
  async read(request: ListRequest): Promise<OrderList> {
    const { list } = this
    const oldest = list.orders[list.orders.length - 1]?.created_at ?? NEWEST
    const opened = this.opened ? [this.opened + 1] : []
    const cursors = request === 'more' ? [oldest] : [NEWEST, ...opened]
    const pages = await Promise.all(cursors.map(ordersBefore))
    return pages.reduce<OrderList>(
      (sofar, page, index) => withPage(sofar, cursors[index] ?? NEWEST, page),
      list,
    )
  },
})
