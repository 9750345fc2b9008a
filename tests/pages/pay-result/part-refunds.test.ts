import type { Order, Refund } from '../../../typings/contract'
import { buttonsOf, openOrder } from '../support/order-page'
import type { OpenPage } from '../support/page'
import { anomalies, paid, partlyRefunded, refunding, T0 } from '../support/samples'
import { fakeWx, ok } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

function openAs(one: Order): Promise<OpenPage> {
  wx.pay.mockResolvedValue(ok(one))
  return openOrder()
}

/** Returns the shop's own refund. */
function own(refund_fee: number, changes: Partial<Refund> = {}): { refund: Refund } {
  const { refund } = refunding({ refund_fee: refund_fee as Refund['refund_fee'], ...changes })
  return { refund: refund! }
}

const refundRows = (page: OpenPage) => page.texts('.row').filter((row) => row.includes('退款'))

/** Returns the sentence about the refunds' sums. */
const sumsOf = (page: OpenPage) => page.texts('.sum').join('')

const settled_at = T0 + 12_000

describe('a partly refunded paid order', () => {
  test.each<[string, Order, string]>([
    ['by the merchant', partlyRefunded(), '已退款 ¥0.30，剩余 ¥0.70'],
    [
      'while the merchant is refunding another part',
      partlyRefunded({ in_flight: 20 }),
      '已退款 ¥0.30，商家正在退款 ¥0.20，剩余 ¥0.50',
    ],
    [
      'while the merchant is refunding the first part',
      partlyRefunded({ refunded: 0, in_flight: 20 }),
      '商家正在退款 ¥0.20，剩余 ¥0.80',
    ],
    [
      'by the merchant and by the shop',
      partlyRefunded({}, own(50, { state: 'SUCCESS', settled_at })),
      '已退款 ¥0.80，剩余 ¥0.20',
    ],
    [
      'by the merchant, after a refund that WeChat refused',
      partlyRefunded({}, own(70, { state: 'REFUSED', settled_at })),
      '已退款 ¥0.30，剩余 ¥0.70',
    ],
  ])('shows how much is left (%s)', async (_what, one, sums) => {
    const page = await openAs(one)
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(sumsOf(page)).toBe(sums)
  })

  test.each<[string, Partial<Order>]>([
    ['by the merchant', {}],
    ['by the shop, too', own(50, { state: 'SUCCESS', settled_at })],
  ])('promises no goods, and shows no failure (%s)', async (_what, changes) => {
    expect((await openAs(partlyRefunded({}, changes))).has('.hint')).toBe(false)
  })

  test('asks whether to refund what is left, not the total', async () => {
    const page = await openAs(partlyRefunded({ in_flight: 20 }))
    await page.tap('.refund')
    expect(wx.showModal.mock.calls[0]?.[0].title).toBe('退款 ¥0.50')
  })

  test('offers the refund again only when the last one failed', async () => {
    const refunded = await openAs(partlyRefunded({}, own(50, { state: 'SUCCESS', settled_at })))
    expect(refunded.texts('.refund')).toEqual(['退款'])
    const failed = await openAs(partlyRefunded({}, own(70, { state: 'REFUNDCLOSE', settled_at })))
    expect(failed.texts('.refund')).toEqual(['重新退款'])
  })

  test('shows how much the shop and the merchant have refunded, and when', async () => {
    const page = await openAs(
      partlyRefunded({ in_flight: 20 }, own(50, { state: 'SUCCESS', settled_at })),
    )
    expect(refundRows(page)).toEqual([
      '退款金额 ¥0.50',
      '商家已退款 ¥0.30',
      '商家退款时间 2026-01-02 03:04:25',
      '商家正在退款 ¥0.20',
    ])
  })

  test('shows no time that WeChat did not report, and no sum of zero', async () => {
    const { last_at: _, ...merchant_refunds } = partlyRefunded({ in_flight: 20 }).merchant_refunds!
    const nothing = { ...merchant_refunds, refunded: 0 as Order['total_fee'] }
    const page = await openAs(partlyRefunded({}, { merchant_refunds: nothing }))
    expect(refundRows(page)).toEqual(['商家正在退款 ¥0.20'])
  })
})

describe('a paid order with nothing left to refund', () => {
  const one = partlyRefunded({ in_flight: 70 }, own(70, { state: 'REFUSED', settled_at }))

  test('shows that it is being refunded, and by whom', async () => {
    const page = await openAs(one)
    expect(page.texts('.status.moving')).toEqual(['正在退款'])
    expect(sumsOf(page)).toBe('已退款 ¥0.30，商家正在退款 ¥0.70')
  })

  test('offers no refund, neither by a button nor in words', async () => {
    const page = await openAs(one)
    expect(buttonsOf(page)).toEqual([])
    expect(page.text()).not.toContain('重新申请')
  })
})

describe('an order that is being refunded', () => {
  const inRefund = { status: 3 as const }

  test('by the shop, after a part by the merchant, shows both sums', async () => {
    const page = await openAs(partlyRefunded({}, { ...inRefund, ...own(70) }))
    expect(sumsOf(page)).toBe('已退款 ¥0.30，正在退款 ¥0.70')
    expect(refundRows(page)).toContain('申请退款金额 ¥0.70')
  })

  test.each<[string, Partial<Order>]>([
    ['alone', {}],
    ['after a refund that WeChat refused', own(100, { state: 'REFUSED', settled_at })],
    ['after a refund that WeChat closed', own(100, { state: 'REFUNDCLOSE', settled_at })],
  ])('by the merchant %s says so', async (_what, changes) => {
    const page = await openAs(
      partlyRefunded({ refunded: 0, in_flight: 100 }, { ...inRefund, ...changes }),
    )
    expect(page.texts('.status.moving')).toEqual(['正在退款'])
    expect(page.texts('.hint')).toEqual(['原路退回：零钱约 20 分钟，银行卡约 3 个工作日'])
    expect(sumsOf(page)).toBe('商家正在退款 ¥1.00')
    expect(page.text()).not.toMatch(/重新申请|自动重试/)
    expect(buttonsOf(page)).toEqual([])
  })

  test('by the merchant in part, after a refund that WeChat closed, promises no retry', async () => {
    const closed = own(100, { state: 'REFUNDCLOSE', settled_at })
    const page = await openAs(
      partlyRefunded({ refunded: 0, in_flight: 20 }, { ...inRefund, ...closed }),
    )
    expect(sumsOf(page)).toBe('商家正在退款 ¥0.20，剩余 ¥0.80')
    expect(page.text()).not.toMatch(/重新申请|自动重试/)
  })

  test('by the merchant, after the shop has paid a part out, shows both sums', async () => {
    const paidOut = own(80, { state: 'SUCCESS', settled_at })
    const page = await openAs(
      partlyRefunded({ refunded: 0, in_flight: 20 }, { ...inRefund, ...paidOut }),
    )
    expect(page.texts('.status')).toEqual(['正在退款'])
    expect(sumsOf(page)).toBe('已退款 ¥0.80，商家正在退款 ¥0.20')
  })
})

describe('an order that the merchant has refunded', () => {
  const requested = '申请退款 2026-01-02 03:04:14'
  const all = (changes: Partial<Order> = {}) =>
    openAs(partlyRefunded({ refunded: 100 }, { status: 4, ...changes }))

  test('shows who has refunded it, how much and when', async () => {
    const page = await all()
    expect(page.texts('.status')).toEqual(['已退款'])
    expect(page.texts('.hint')).toEqual(['商家已退款，钱款已原路退回'])
    expect(refundRows(page)).toEqual(['商家已退款 ¥1.00', '商家退款时间 2026-01-02 03:04:25'])
    expect(buttonsOf(page)).toEqual(['delete'])
  })

  test('shows only that it is refunded when it is not known by whom', async () => {
    const { merchant_refunds: _, ...one } = partlyRefunded({}, { status: 4 })
    expect((await openAs(one)).texts('.hint')).toEqual(['钱款已原路退回'])
  })

  test('has no steps without a refund by the shop', async () => {
    expect((await all()).has('.steps')).toBe(false)
  })

  test.each<[Refund['state'], string[]]>([
    ['ASKED', [requested]],
    ['PROCESSING', [requested]],
    ['REFUSED', [requested, '微信没有受理 2026-01-02 03:04:17']],
    ['REFUNDCLOSE', [requested, '微信已处理', '退款已关闭 2026-01-02 03:04:17']],
    ['CHANGE', [requested, '微信已处理', '没能退回账户 2026-01-02 03:04:17']],
  ])('shows only the steps that the shop’s own refund took (%s)', async (state, steps) => {
    const page = await all(own(100, { state, settled_at }))
    expect(page.texts('.step')).toEqual(steps)
    expect(page.texts('.hint')).toEqual(['商家已退款，钱款已原路退回'])
    expect(refundRows(page)).toContain('申请退款金额 ¥1.00')
  })

  test('in part, and the shop the rest, shows the steps of the shop’s refund', async () => {
    const refund = own(70, { state: 'SUCCESS', settled_at })
    const page = await openAs(partlyRefunded({}, { status: 4, ...refund }))
    expect(page.texts('.hint')).toEqual(['钱款已原路退回'])
    expect(page.texts('.step')).toHaveLength(3)
    expect(refundRows(page)).toEqual([
      '退款金额 ¥0.70',
      '商家已退款 ¥0.30',
      '商家退款时间 2026-01-02 03:04:25',
    ])
  })
})

test.each<[string, Order]>([
  ['is refunded', paid()],
  ['was refunded, since the shop’s refund failed', paid(own(1, { state: 'REFUSED', settled_at }))],
  ['but the shop’s own refund is in flight', refunding()],
  ['is left', partlyRefunded({ refunded: 100 }, { status: 4 })],
])('an order of which nothing %s shows no sums', async (_what, one) => {
  expect((await openAs(one)).has('.sums')).toBe(false)
})

test('sums that may be wrong are not shown', async () => {
  for (const kind of ['refundMismatch', 'otherAmount'] as const) {
    const page = await openAs(partlyRefunded({}, { anomaly: anomalies(kind) }))
    expect(page.has('.sum')).toBe(false)
  }
})
