import { goods } from '../samples/goods'
import type { Answers, PayAnswer } from '../support/answers'
import type { ShopPhone } from '../support/shop-phone'
import { longListStates } from './long-list'
import type { State } from './state'

const all: Answers = { goods: { documents: goods } }
const onePage: Answers = { goods: { documents: goods, pages: 1 } }
const page = 'pay-list/index'

const order = (phone: ShopPhone) => phone.tap(/鸡蛋干.*下单/)

const answersWith = (pay: PayAnswer): Answers => ({ ...all, pay: () => pay })
const failing = (pages: number): Answers => {
  return { goods: { documents: goods, pages, after: 'failure' } }
}

export const goodsList: State[] = [
  { name: 'while it loads', page, answers: {}, shows: '正在加载商品' },
  { name: 'when loading takes long', page, answers: {}, shows: '网络有点慢，请稍候' },
  { name: 'with goods', page, answers: all, shows: '鸡蛋干' },
  { name: 'without goods', page, answers: { goods: { documents: [] } }, shows: '还没有商品' },
  { name: 'that cannot be had', page, answers: failing(0), shows: '没有加载出来' },
  { name: 'without a network', page, query: 'network=offline', answers: all, shows: '没有网络' },
  ...longListStates({ page, onePage, failing: failing(1), all, end: '没有更多商品了' }),
  {
    name: 'while an order is made',
    page,
    answers: answersWith('silence'),
    reach: order,
    shows: '正在下单',
  },
  {
    name: 'after an order that was refused',
    page,
    answers: answersWith({
      error: 'TOO_MANY_UNPAID',
      message: '未支付的订单太多了，请先支付或取消',
    }),
    reach: order,
    shows: '查看我的订单',
  },
]
