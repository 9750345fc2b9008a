import { GOODS } from '../samples/goods'
import type { Answers, PayAnswer } from '../support/answers'
import type { ShopPhone } from '../support/shop-phone'
import { longListStates } from './long-list'
import type { State } from './state'

const ALL: Answers = { goods: { documents: GOODS } }
const ONE_PAGE: Answers = { goods: { documents: GOODS, pages: 1 } }
const PAGE = 'pay-list/index'

const order = (phone: ShopPhone) => phone.tap(/鸡蛋干.*下单/)

const answersWith = (pay: PayAnswer): Answers => ({ ...ALL, pay: () => pay })
const failing = (pages: number): Answers => {
  return { goods: { documents: GOODS, pages, after: 'failure' } }
}

export const GOODS_LIST: State[] = [
  { name: 'while it loads', page: PAGE, answers: {}, shows: '正在加载商品' },
  { name: 'when loading takes long', page: PAGE, answers: {}, shows: '网络有点慢，请稍候' },
  { name: 'with goods', page: PAGE, answers: ALL, shows: '鸡蛋干' },
  { name: 'without goods', page: PAGE, answers: { goods: { documents: [] } }, shows: '还没有商品' },
  { name: 'that failed to load', page: PAGE, answers: failing(0), shows: '没有加载出来' },
  {
    name: 'without a network',
    page: PAGE,
    query: 'network=offline',
    answers: ALL,
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
    answers: answersWith('silence'),
    reach: order,
    shows: '正在下单',
  },
  {
    name: 'after an order that was refused',
    page: PAGE,
    answers: answersWith({
      error: 'TOO_MANY_UNPAID',
      message: '未支付的订单太多了，请先支付或取消',
    }),
    reach: order,
    shows: '查看我的订单',
  },
]
