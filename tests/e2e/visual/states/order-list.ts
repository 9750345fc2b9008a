import { orders } from '../samples/orders'
import type { Replies } from '../support/replies'
import { longListStates } from './long-list'
import type { State } from './state'

const DOCUMENTS = orders(45)
const ALL: Replies = { orders: { documents: DOCUMENTS } }
const PAGE = 'pay-order/index'

const failing = (pages: number): Replies => ({
  orders: { documents: DOCUMENTS, pages, after: 'failure' },
})

export const ORDER_LIST: State[] = [
  { name: 'while it loads', page: PAGE, replies: {}, shows: '正在加载订单' },
  { name: 'when loading takes long', page: PAGE, replies: {}, shows: '网络有点慢，请稍候' },
  { name: 'with orders', page: PAGE, replies: ALL, shows: '等待支付' },
  {
    name: 'without orders',
    page: PAGE,
    replies: { orders: { documents: [] } },
    shows: '还没有订单',
  },
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
    onePage: { orders: { documents: DOCUMENTS, pages: 1 } },
    failing: failing(1),
    all: { orders: { documents: orders(30) } },
    end: '没有更多订单了',
  }),
  {
    name: 'that failed to refresh',
    page: PAGE,
    replies: ALL,
    async reach(phone) {
      await phone.see('等待支付')
      phone.services.prepare(failing(0))
      await phone.pullDown()
    },
    shows: '重试',
  },
]
