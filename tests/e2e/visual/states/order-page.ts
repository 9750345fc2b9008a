import type { Fen, Order } from '../../../../typings/contract'
import {
  anomaly,
  byMerchant,
  closed,
  closing,
  expired,
  LONG,
  odd,
  paid,
  partlyRefunded,
  refunded,
  refundedByMerchant,
  refunding,
  unpaid,
  unpayable,
  unrefunded,
  unrefundedLatePayment,
} from '../samples/orders'
import type { Replies } from '../support/replies'
import type { State } from './state'

const PAGE = 'pay-result/index?id=20260102030405a1b2c3d4e5f6a7b8c9'

const of = (order: Order): Replies => ({ pay: () => order })
const REFUSAL = { err_code: 'NOTENOUGH', err_code_des: '基本账户余额不足，请充值后重新发起' }
const UNREFUNDABLE = unrefunded({ state: 'REFUSED', refusal: REFUSAL })

const { refund: _, ...ONLY_BY_MERCHANT } = refunding({}, { merchant_refunds: byMerchant(0, 199) })
const { paid_at: __, bank_type: ___, trade_type: ____, ...PAID_WITHOUT_DETAILS } = paid()

const REFUSING: Replies = {
  pay(action) {
    const { err_code, err_code_des: message } = REFUSAL
    return action === 'refund' ? { error: 'WECHAT_PAY_REFUSED', message, err_code } : UNREFUNDABLE
  },
}

export const ORDER_PAGE: State[] = [
  { name: 'while it loads', page: PAGE, replies: {}, shows: '正在加载订单' },
  { name: 'when loading takes long', page: PAGE, replies: {}, shows: '网络有点慢，请稍候' },
  {
    name: 'that failed to load',
    page: PAGE,
    replies: { pay: () => 'failure' },
    shows: '没有加载出来',
  },
  {
    name: 'without a network',
    page: PAGE,
    query: 'network=offline',
    replies: {},
    shows: '没有网络',
  },
  {
    name: 'of an order that does not exist',
    page: PAGE,
    replies: { pay: () => ({ error: 'ORDER_NOT_FOUND', message: '没有这个订单' }) },
    shows: '没有这个订单',
  },
  { name: 'of an unpaid order', page: PAGE, replies: of(unpaid()), shows: '等待支付' },
  {
    name: 'of an order with a long name',
    page: PAGE,
    replies: of(unpaid(LONG)),
    shows: '等待支付',
  },
  {
    name: 'of an order that was never finished',
    page: PAGE,
    replies: of(unpayable()),
    shows: '下单未完成',
  },
  { name: 'of an order that expired', page: PAGE, replies: of(expired()), shows: '支付已超时' },
  {
    name: 'of an order that is being closed',
    page: PAGE,
    replies: of(closing()),
    shows: '正在取消',
  },
  { name: 'of a closed order', page: PAGE, replies: of(closed()), shows: '已关闭' },
  {
    name: 'while the payment sheet is opened',
    page: PAGE,
    replies: { ...of(unpaid()), sheet: 'silence' },
    reach: (phone) => phone.tap(/^(继续)?支付$/),
    shows: '正在支付',
  },
  {
    name: 'after a payment that was cancelled',
    page: PAGE,
    replies: of(unpaid()),
    async reach(phone) {
      await phone.tap(/^(继续)?支付$/)
      await phone.tap('取消')
    },
    shows: '继续支付',
  },
  {
    name: 'while it is unknown whether it was paid',
    page: PAGE,
    replies: { pay: (_, confirmed) => (confirmed ? 'failure' : unpaid()) },
    async reach(phone) {
      await phone.tap(/^(继续)?支付$/)
      await phone.tap('确认支付')
    },
    shows: '正在确认支付结果，请勿重复支付',
  },
  { name: 'of a paid order', page: PAGE, replies: of(paid()), shows: '已支付' },
  {
    name: 'of a paid order with a long name',
    page: PAGE,
    replies: of(paid(LONG)),
    shows: '已支付',
  },
  { name: 'of an order with an anomaly', page: PAGE, replies: of(odd()), shows: '订单异常' },
  {
    name: 'of an order that is being refunded',
    page: PAGE,
    replies: of(refunding()),
    shows: '正在退款',
  },
  {
    name: 'of a refund that WeChat could not pay out',
    page: PAGE,
    replies: of(refunding({ state: 'CHANGE' })),
    shows: '退款异常',
  },
  {
    name: 'of a refund that WeChat closed',
    page: PAGE,
    replies: of(unrefunded({ state: 'REFUNDCLOSE' })),
    shows: '重新退款',
  },
  {
    name: 'of a refund that WeChat refused',
    page: PAGE,
    replies: of(UNREFUNDABLE),
    shows: '重新退款',
  },
  {
    name: 'after a refund that was refused again',
    page: PAGE,
    replies: REFUSING,
    async reach(phone) {
      await phone.tap('重新退款')
      await phone.tapInDialog('退款')
    },
    shows: '商家账户余额不足，请联系商家',
  },
  {
    name: 'of an order that is refunded in part',
    page: PAGE,
    replies: of(paid({ merchant_refunds: byMerchant(60, 0) })),
    shows: '已退款 ¥0.60，剩余 ¥1.39',
  },
  {
    name: 'of an order with much refunded and more being refunded',
    page: PAGE,
    replies: of(partlyRefunded(LONG)),
    shows: /商家正在退款 ¥19999\.99/,
  },
  {
    name: 'of an order that is refunded in part, and whose refund WeChat refused',
    page: PAGE,
    replies: of({ ...UNREFUNDABLE, merchant_refunds: byMerchant(60, 0) }),
    shows: '已退款 ¥0.60，剩余 ¥1.39',
  },
  {
    name: 'of an order that the merchant is refunding',
    page: PAGE,
    replies: of(ONLY_BY_MERCHANT),
    shows: '商家正在退款 ¥1.99',
  },
  {
    name: 'of an order that the merchant and then the shop refund',
    page: PAGE,
    replies: of(refunding({ refund_fee: 139 as Fen }, { merchant_refunds: byMerchant(60, 0) })),
    shows: '已退款 ¥0.60，正在退款 ¥1.39',
  },
  {
    name: 'of an order that the merchant has refunded',
    page: PAGE,
    replies: of(refundedByMerchant()),
    shows: '商家已退款，钱款已原路退回',
  },
  {
    name: 'of an order that the merchant has refunded after WeChat refused to',
    page: PAGE,
    replies: of(refundedByMerchant({ refund: UNREFUNDABLE.refund! })),
    shows: '商家已退款，钱款已原路退回',
  },
  {
    name: 'of a late payment whose refund WeChat refused',
    page: PAGE,
    replies: of(unrefundedLatePayment({ state: 'REFUSED', refusal: REFUSAL })),
    shows: '钱款没能退回你的账户，请联系商家处理',
  },
  {
    name: 'of a late payment whose refund WeChat closed',
    page: PAGE,
    replies: of(unrefundedLatePayment({ state: 'REFUNDCLOSE' })),
    shows: '退款异常',
  },
  {
    name: 'of an impossible list of refunds',
    page: PAGE,
    replies: of(partlyRefunded({ anomaly: anomaly('refundMismatch') })),
    shows: '退款与订单对不上，请联系商家',
  },
  {
    name: 'of an order that WeChat does not know',
    page: PAGE,
    replies: of(unpaid({ anomaly: anomaly('missing') })),
    shows: '微信暂时查不到这笔订单，请联系商家',
  },
  {
    name: 'of a refund that WeChat has not accepted',
    page: PAGE,
    replies: of(refunding({ state: 'ASKED' }, { anomaly: anomaly('refundNotAccepted') })),
    shows: '退款还没有被微信受理，请联系商家',
  },
  {
    name: 'of a paid order of which little is known',
    page: PAGE,
    replies: of(PAID_WITHOUT_DETAILS),
    shows: '已支付',
  },
  { name: 'of a refunded order', page: PAGE, replies: of(refunded()), shows: '已退款' },
  {
    name: 'that asks whether to cancel',
    page: PAGE,
    replies: of(unpaid()),
    reach: (phone) => phone.tap('取消订单'),
    shows: '再想想',
  },
  {
    name: 'that asks whether to refund',
    page: PAGE,
    replies: of(paid(LONG)),
    reach: (phone) => phone.tap('退款'),
    shows: '再想想',
  },
  {
    name: 'that asks whether to refund what is left',
    page: PAGE,
    replies: of(partlyRefunded()),
    reach: (phone) => phone.tap('退款'),
    shows: '退款 ¥0.94',
  },
  {
    name: 'that asks whether to delete',
    page: PAGE,
    replies: of(closed()),
    reach: (phone) => phone.tap('删除订单'),
    shows: '再想想',
  },
  {
    name: 'with the payment sheet',
    page: PAGE,
    replies: of(unpaid()),
    reach: (phone) => phone.tap(/^(继续)?支付$/),
    shows: '确认支付',
  },
]
