import { bodies, manyGoods, orders } from './samples'
import type { fakeWx } from './wx'

type Wx = ReturnType<typeof fakeWx>

/** The two list pages, which are tested alike. */
export const LISTS = [
  {
    list: 'goods',
    route: 'pages/pay-list/index',
    loading: '正在加载商品',
    endText: '没有更多商品了',
    nothing: '还没有商品',
    /** selects the name in each row */
    row: '.name',
    /** fills the database with `count` documents */
    store: (wx: Wx, count: number) => {
      wx.stored.goods = manyGoods(count)
    },
    /** the names of the first rows when the database holds `count` documents */
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
