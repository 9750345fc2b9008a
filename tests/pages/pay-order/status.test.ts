import type { Order } from '../../../typings/contract'
import { openPage, type OpenPage } from '../support/page'
import { anomalies, order, paid, partlyRefunded, refunding, T0 } from '../support/samples'
import { fakeWx } from '../support/wx'

async function openWith(one: Order): Promise<OpenPage> {
  fakeWx().stored.orders = [one]
  return openPage('pages/pay-order/index')
}

const anomaly = anomalies('otherAmount')
const { prepay_id: _, ...incomplete } = order()

describe.each([
  { word: '等待支付', tone: 'waiting', icon: 'clock', one: order() },
  { word: '下单未完成', tone: 'ended', icon: 'alert', one: incomplete },
  { word: '正在取消', tone: 'moving', icon: 'dots', one: order({ close_requested_at: T0 }) },
  { word: '已支付', tone: 'good', icon: 'check', one: paid() },
  { word: '已关闭', tone: 'ended', icon: 'minus', one: order({ status: 2 }) },
  { word: '正在退款', tone: 'moving', icon: 'dots', one: refunding() },
  { word: '退款异常', tone: 'bad', icon: 'alert', one: refunding({ state: 'CHANGE' }) },
  { word: '已退款', tone: 'ended', icon: 'back', one: paid({ status: 4 }) },
  { word: '订单异常', tone: 'bad', icon: 'alert', one: paid({ anomaly }) },
  {
    word: '退款异常',
    tone: 'bad',
    icon: 'alert',
    one: paid({ anomaly: anomalies('refundMismatch') }),
  },
  { word: '已支付', tone: 'good', icon: 'check', one: partlyRefunded() },
  { word: '正在退款', tone: 'moving', icon: 'dots', one: partlyRefunded({ in_flight: 70 }) },
])('a row of an order: $word', ({ word, tone, icon, one }) => {
  test('has the colour of its phase', async () => {
    expect((await openWith(one)).texts(`.rows >>> .status.${tone}`)).toEqual([word])
  })

  test('has the icon of its phase', async () => {
    expect((await openWith(one)).has(`.rows >>> .icon-${icon}`)).toBe(true)
  })

  test('has its phase in the label for a screen reader', async () => {
    expect((await openWith(one)).names('button')).toEqual([expect.stringContaining(word)])
  })
})

test('an order with an anomaly shows its status while it is refunded', async () => {
  const page = await openWith({ ...refunding(), anomaly })
  expect(page.texts('.rows >>> .status')).toEqual(['正在退款'])
})

describe('a row of a paid order', () => {
  test.each([
    ['has refunded a part', partlyRefunded(), ['已退款 ¥0.30']],
    ['is refunding a part', partlyRefunded({ refunded: 0, in_flight: 20 }), ['退款中 ¥0.20']],
    [
      'has refunded a part and refunds another',
      partlyRefunded({ in_flight: 20 }),
      ['已退款 ¥0.30'],
    ],
    ['has refunded nothing', paid(), []],
  ])('of which the merchant %s shows the sum in short', async (_what, one, says) => {
    expect((await openWith(one)).texts('.rows >>> .sums')).toEqual(says)
  })

  test('has the sum in the label for a screen reader', async () => {
    expect((await openWith(partlyRefunded())).names('button')).toEqual([
      '鸡蛋干 2026-01-02 03:04 ¥1.00 已支付 已退款 ¥0.30',
    ])
  })

  test('counts the shop’s own refund of a part', async () => {
    const { refund } = refunding({ state: 'SUCCESS', refund_fee: 50 as Order['total_fee'] })
    const page = await openWith(partlyRefunded({}, { refund: refund! }))
    expect(page.texts('.rows >>> .sums')).toEqual(['已退款 ¥0.80'])
  })

  test('shows no sums that may be wrong', async () => {
    const page = await openWith(partlyRefunded({}, { anomaly: anomalies('refundMismatch') }))
    expect(page.has('.rows >>> .sums')).toBe(false)
  })
})

test('a row of an order that is no longer paid shows only its status', async () => {
  const page = await openWith(partlyRefunded({ refunded: 100 }, { status: 4 }))
  expect(page.has('.rows >>> .sums')).toBe(false)
})

test('a row of a late payment whose refund failed shows that something is wrong', async () => {
  const late = { ...refunding({ state: 'REFUSED' }), closed_at: T0 }
  const page = await openWith({ ...late, anomaly: anomalies('lateRefund') })
  expect(page.texts('.rows >>> .status.bad')).toEqual(['退款异常'])
})
