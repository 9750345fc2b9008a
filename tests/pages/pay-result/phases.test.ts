import type { Order } from '../../../typings/contract'
import { buttonsOf, openOrder } from '../support/order-page'
import type { OpenPage } from '../support/page'
import { anomalies, order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, ok } from '../support/wx'

function openAs(one: Order): Promise<OpenPage> {
  fakeWx().pay.mockResolvedValue(ok(one))
  return openOrder()
}

const anomaly = anomalies('otherAmount')
const { prepay_id: _, ...incomplete } = order()

describe.each([
  {
    word: '等待支付',
    tone: 'waiting',
    icon: 'clock',
    hint: '请在 30:00 内支付',
    buttons: ['pay', 'cancel'],
    one: order(),
  },
  {
    word: '下单未完成',
    tone: 'ended',
    icon: 'alert',
    hint: '请取消后重新下单',
    buttons: ['cancel'],
    one: incomplete,
  },
  {
    word: '正在取消',
    tone: 'moving',
    icon: 'dots',
    hint: '等微信确认后关闭，可能要几分钟，不用守在这里',
    buttons: [],
    one: order({ close_requested_at: T0 }),
  },
  {
    word: '已支付',
    tone: 'good',
    icon: 'check',
    hint: '商家已收到付款，会尽快发货',
    buttons: ['refund'],
    one: paid(),
  },
  {
    word: '已关闭',
    tone: 'ended',
    icon: 'minus',
    hint: '订单没有付款，也没有扣款',
    buttons: ['delete'],
    one: order({ status: 2 }),
  },
  {
    word: '正在退款',
    tone: 'moving',
    icon: 'dots',
    hint: '原路退回：零钱约 20 分钟，银行卡约 3 个工作日',
    buttons: [],
    one: refunding(),
  },
  {
    word: '退款异常',
    tone: 'bad',
    icon: 'alert',
    hint: '钱款没能退回你的账户，请联系商家处理',
    buttons: [],
    one: refunding({ state: 'CHANGE' }),
  },
  {
    word: '已退款',
    tone: 'ended',
    icon: 'back',
    hint: '钱款已原路退回',
    buttons: ['delete'],
    one: { ...refunding({ state: 'SUCCESS' }), status: 4 as const },
  },
  {
    word: '订单异常',
    tone: 'bad',
    icon: 'alert',
    hint: '付款与订单对不上，请联系商家',
    buttons: ['refund'],
    one: paid({ anomaly }),
  },
])('an order: $word', ({ word, tone, icon, hint, buttons, one }) => {
  test('has the colour and the icon of its phase', async () => {
    const page = await openAs(one)
    expect(page.texts(`.status.${tone}`)).toEqual([word])
    expect(page.has(`.status .icon-${icon}`)).toBe(true)
  })

  test('explains its phase', async () => {
    expect((await openAs(one)).texts('.hint')).toEqual([hint])
  })

  test('offers what can be done', async () => {
    expect(buttonsOf(await openAs(one))).toEqual(buttons)
  })
})

test('an unpaid order with an anomaly can be neither paid nor cancelled', async () => {
  expect(buttonsOf(await openAs(order({ anomaly })))).toEqual([])
})

test('an order with an anomaly shows its status while it is refunded', async () => {
  const page = await openAs({ ...refunding(), anomaly })
  expect(page.texts('.status')).toEqual(['正在退款'])
})
