import { orders } from '../samples/orders'
import type { Answers } from '../support/answers'
import { longListStates } from './long-list'
import type { State } from './state'

const documents = orders(45)
const all: Answers = { orders: { documents } }
const page = 'pay-order/index'

const failing = (pages: number): Answers => ({ orders: { documents, pages, after: 'failure' } })

export const orderList: State[] = [
  { name: 'while it loads', page, answers: {}, shows: '正在加载订单' },
  { name: 'when loading takes long', page, answers: {}, shows: '网络有点慢，请稍候' },
  { name: 'with orders', page, answers: all, shows: '等待支付' },
  { name: 'without orders', page, answers: { orders: { documents: [] } }, shows: '还没有订单' },
  { name: 'that cannot be had', page, answers: failing(0), shows: '没有加载出来' },
  { name: 'without a network', page, query: 'network=offline', answers: all, shows: '没有网络' },
  ...longListStates({
    page,
    onePage: { orders: { documents, pages: 1 } },
    failing: failing(1),
    all: { orders: { documents: orders(30) } },
    end: '没有更多订单了',
  }),
  {
    name: 'that cannot be refreshed',
    page,
    answers: all,
    async reach(phone) {
      await phone.see('等待支付')
      phone.services.prepare(failing(0))
      await phone.pullDown()
    },
    shows: '重试',
  },
]
