import { bodies, manyGoods, orders } from './samples'
import type { fakeWx } from './wx'

type Wx = ReturnType<typeof fakeWx>

/** The two list pages, whose states are the same. */
export const lists = [
  {
    list: 'goods',
    route: 'pages/pay-list/index',
    loading: '正在加载商品',
    endText: '没有更多商品了',
    nothing: '还没有商品',
    /** the class of what a row is called */
    row: '.name',
    /** fills the database with so many */
    store: (wx: Wx, count: number) => {
      wx.stored.goods = manyGoods(count)
    },
    /** what the first rows are called when the database holds `count` */
    rows: (count: number, shown = count) =>
      manyGoods(count)
        .slice(0, shown)
        .map(({ name }) => name),
  },
  {
    list: 'orders',
    route: 'pages/pay-order/index',
    loading: '正在加载订单',
    endText: '没有更多订单了',
    nothing: '还没有订单',
    /** inside the component of a page of rows */
    row: '.rows >>> .body',
    store: (wx: Wx, count: number) => {
      wx.stored.orders = orders(1, count)
    },
    rows: (count: number, shown = count) => bodies(1, count).slice(0, shown),
  },
]
