import { GOODS } from '../samples/goods'
import type { Replies, PreparedReply } from '../support/replies'
import type { ShopPhone } from '../support/shop-phone'
import { longListStates } from './long-list'
import type { State } from './state'

const ALL: Replies = { goods: { documents: GOODS } }
const ONE_PAGE: Replies = { goods: { documents: GOODS, pages: 1 } }
const PAGE = 'pay-list/index'

const order = (phone: ShopPhone) => phone.tap(/鸡蛋干.*下单/)

const repliesWith = (pay: PreparedReply): Replies => ({ ...ALL, pay: () => pay })
const failing = (pages: number): Replies => {
  return { goods: { documents: GOODS, pages, after: 'failure' } }
}

export const GOODS_LIST: State[] = [
  { name: 'while it loads', page: PAGE, replies: {}, shows: '正在加载商品' },
  { name: 'when loading takes long', page: PAGE, replies: {}, shows: '网络有点慢，请稍候' },
  { name: 'with goods', page: PAGE, replies: ALL, shows: '鸡蛋干' },
  { name: 'without goods', page: PAGE, replies: { goods: { documents: [] } }, shows: '还没有商品' },
  { name: 'that failed to load', page: PAGE, replies: failing(0), shows: '没有加载出来' },
  {
    name: 'without a network',
    page: PAGE,
    query: 'network=offline',
    replies: ALL,
    shows: '没有网络',
  },
  ...longListStates({
    page: PAGE,
    onePage: ONE_PAGE,
    failing: failing(1),
    all: ALL,
    end: '没有更多商品了',
  }),
  {
    name: 'while an order is made',
    page: PAGE,
    replies: repliesWith('silence'),
    reach: order,
    shows: '正在下单',
  },
  {
    name: 'after an order that was refused',
    page: PAGE,
    replies: repliesWith({
      error: 'TOO_MANY_UNPAID',
      message: '未支付的订单太多了，请先支付或取消',
    }),
    reach: order,
    shows: '查看我的订单',
  },
]
