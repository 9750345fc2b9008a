import { ordersBefore } from '../../services/orders'
import { different } from '../../utils/different'
import { idle, ListLoader, type ListRequest, type Loading } from '../../utils/list-loader'
import { onReconnect } from '../../utils/network'
import { changedPages, withPage, type OrderList, type RowPage } from '../../utils/order-list'
import { shareShop } from '../../utils/share'

/** A cursor that every order is older than. */
const NEWEST = Number.MAX_SAFE_INTEGER

interface PageData extends Loading {
  /** the orders, a page of 20 each */
  pages: RowPage[]
  /** nothing is older than the last one */
  end: boolean
  loaded: boolean
}

type OrderOpen = WechatMiniprogram.CustomEvent<{ id: string; createdAt: number }>

const data: PageData = { ...idle, pages: [], end: false, loaded: false }

Page({
  data,
  list: { orders: [], end: false } as OrderList,
  loader: null as ListLoader | null,
  stopListening: () => {},
  /** `created_at` of the order that was opened from here, 0 while there is none */
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
          ...different(this.data, { end, loaded: true }),
        }
      },
    )
  },

  /** The list as it is after `request`. An order that was opened may lie far down: it is read too. */
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
