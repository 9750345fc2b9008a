import type { AnomalyKind, Order, Refund } from '../../../typings/contract'
import { buttonsOf, openOrder } from '../support/order-page'
import { pass, type OpenPage } from '../support/page'
import { anomalies, order, paid, partlyRefunded, refunding, T0 } from '../support/samples'
import { fakeWx, ok } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

function openAs(one: Order, ...kinds: AnomalyKind[]): Promise<OpenPage> {
  wx.pay.mockResolvedValue(ok(kinds.length > 0 ? { ...one, anomaly: anomalies(...kinds) } : one))
  return openOrder()
}

/** Returns the sentence about the refunds' sums. */
const sumsOf = (page: OpenPage) => page.texts('.sum').join('')

const settled_at = T0 + 12_000
const MISMATCH = '付款与订单对不上，请联系商家'
const NOT_RETURNED = '钱款没能退回你的账户，请联系商家处理'

/** Returns an order that was paid after closing. */
const late = (state: Refund['state'], attempt = 1): Order => ({
  ...refunding({ state, attempt, ...(state !== 'ASKED' && { settled_at }) }),
  closed_at: T0,
})

/** For each kind: an order that can have it, and the texts and buttons of its page. */
const EXPECTED: Record<AnomalyKind, { one: Order; word: string; hint: string; buttons: string[] }> =
  {
    otherAmount: { one: order(), word: '订单异常', hint: MISMATCH, buttons: [] },
    secondTransaction: { one: paid(), word: '订单异常', hint: MISMATCH, buttons: ['refund'] },
    refundMismatch: {
      one: paid(),
      word: '退款异常',
      hint: '退款与订单对不上，请联系商家',
      buttons: [],
    },
    lateRefund: { one: late('REFUSED'), word: '退款异常', hint: NOT_RETURNED, buttons: [] },
    refundChange: {
      one: refunding({ state: 'CHANGE' }),
      word: '退款异常',
      hint: NOT_RETURNED,
      buttons: [],
    },
    missing: {
      one: order(),
      word: '订单异常',
      hint: '微信暂时查不到这笔订单，请联系商家',
      buttons: [],
    },
    refundNotAccepted: {
      one: refunding({ state: 'ASKED' }),
      word: '正在退款',
      hint: '退款还没有被微信受理，请联系商家',
      buttons: [],
    },
  }

describe.each(Object.entries(EXPECTED))('an order with the anomaly %s', (kind, expected) => {
  const { one, word, hint, buttons } = expected

  test('says what the shopper can do', async () => {
    const page = await openAs(one, kind as AnomalyKind)
    expect(page.texts('.status')).toEqual([word])
    expect(page.texts('.hint')).toEqual([hint])
  })

  test('offers only what is safe', async () => {
    expect(buttonsOf(await openAs(one, kind as AnomalyKind))).toEqual(buttons)
  })
})

describe('an anomaly', () => {
  test('that is worse than others is the one that is shown', async () => {
    const page = await openAs(refunding({ state: 'ASKED' }), 'refundMismatch', 'refundNotAccepted')
    expect(page.texts('.hint')).toEqual(['退款与订单对不上，请联系商家'])
  })

  test.each(['otherAmount', 'secondTransaction', 'refundMismatch'] as const)(
    'keeps a closed order on the list (%s)',
    async (kind) => {
      expect(buttonsOf(await openAs(order({ status: 2 }), kind))).toEqual([])
    },
  )

  test('that WeChat does not know the order is shown when it is closed, and it can be deleted', async () => {
    const page = await openAs(order({ status: 2 }), 'missing')
    expect(page.texts('.status')).toEqual(['已关闭'])
    expect(page.texts('.hint')).toEqual(['微信暂时查不到这笔订单，请联系商家'])
    expect(buttonsOf(page)).toEqual(['delete'])
  })

  test('that WeChat does not know a paid order leaves no refund to request', async () => {
    expect(buttonsOf(await openAs(paid(), 'missing'))).toEqual([])
  })

  test('of refunds leaves no refund to request and no sums, even when another one is worse', async () => {
    const page = await openAs(partlyRefunded(), 'secondTransaction', 'refundMismatch')
    expect(buttonsOf(page)).toEqual([])
    const flowing = await openAs(
      { ...partlyRefunded(), status: 3 },
      'secondTransaction',
      'refundMismatch',
    )
    expect(flowing.has('.sum')).toBe(false)
  })

  test.each(['otherAmount', 'secondTransaction'] as const)(
    'of the payment is shown beside the status during and after a refund (%s)',
    async (kind) => {
      const flowing = await openAs(refunding(), kind)
      expect(flowing.texts('.status')).toEqual(['正在退款'])
      expect(flowing.texts('.hint')).toEqual([MISMATCH])
      const back = await openAs({ ...refunding({ state: 'SUCCESS' }), status: 4 }, kind)
      expect(back.texts('.status')).toEqual(['已退款'])
      expect(back.texts('.hint')).toEqual([MISMATCH])
      expect(buttonsOf(back)).toEqual(['delete'])
    },
  )

  test('of an impossible list of refunds is shown even when all are paid out', async () => {
    const page = await openAs({ ...refunding({ state: 'SUCCESS' }), status: 4 }, 'refundMismatch')
    expect(page.texts('.status.bad')).toEqual(['退款异常'])
    expect(buttonsOf(page)).toEqual(['delete'])
  })

  test.each(['lateRefund', 'refundChange', 'missing', 'refundNotAccepted'] as const)(
    'is hidden once everything is refunded (%s)',
    async (kind) => {
      const page = await openAs({ ...refunding({ state: 'SUCCESS' }), status: 4 }, kind)
      expect(page.texts('.status')).toEqual(['已退款'])
      expect(page.texts('.hint')).toEqual(['钱款已原路退回'])
    },
  )

  test.each(['lateRefund', 'refundNotAccepted', 'refundChange'] as const)(
    'is hidden once WeChat processes the refund (%s)',
    async (kind) => {
      const page = await openAs(late('PROCESSING'), kind)
      expect(page.texts('.status')).toEqual(['正在退款'])
      expect(page.texts('.hint')).toEqual(['原路退回：零钱约 20 分钟，银行卡约 3 个工作日'])
    },
  )

  test.each(['refundNotAccepted', 'refundChange', 'lateRefund'] as const)(
    'of a refund that failed does not hide that it can be retried (%s)',
    async (kind) => {
      const off = { ...refunding({ state: 'REFUNDCLOSE', settled_at }), status: 1 as const }
      const page = await openAs(off, kind)
      expect(page.texts('.status')).toEqual(['已支付'])
      expect(page.texts('.hint')).toEqual(['退款没有成功，可以重新申请'])
      expect(page.texts('.refund')).toEqual(['重新退款'])
    },
  )

  test('of a part that the merchant refunds leaves the rest to be refunded', async () => {
    const page = await openAs(partlyRefunded({ refunded: 0, in_flight: 30 }), 'refundChange')
    expect(page.texts('.status.bad')).toEqual(['退款异常'])
    expect(page.texts('.hint')).toEqual([NOT_RETURNED])
    expect(sumsOf(page)).toBe('商家正在退款 ¥0.30，剩余 ¥0.70')
    expect(buttonsOf(page)).toEqual(['refund'])
  })

  test('of a refund by the merchant is shown while the shop refunds the rest', async () => {
    const one = partlyRefunded({ refunded: 0, in_flight: 30 })
    const page = await openAs({ ...refunding(), ...one, status: 3 }, 'refundChange')
    expect(page.texts('.status.bad')).toEqual(['退款异常'])
    expect(page.texts('.hint')).toEqual([NOT_RETURNED])
  })

  test('of a refund that WeChat has not accepted keeps its steps', async () => {
    const page = await openAs(refunding({ state: 'ASKED' }), 'refundNotAccepted')
    expect(page.texts('.step-name')).toEqual(['申请退款', '等待微信受理', '退款到账'])
  })
})

// The shop stores the anomaly whenever such a refund fails: tests/safety/checker/money-rules.ts checks it.
describe.each([
  ['REFUSED', 1],
  ['REFUNDCLOSE', 1],
  ['REFUNDCLOSE', 5],
] as const)('a late payment whose refund failed (%s, attempt %d)', (state, attempt) => {
  test('says to contact the merchant, and nothing else', async () => {
    const page = await openAs(late(state, attempt), 'lateRefund')
    expect(page.texts('.status.bad')).toEqual(['退款异常'])
    expect(page.texts('.hint')).toEqual([NOT_RETURNED])
    expect(page.texts('.step').at(-1)).toContain('钱款没有退回，请联系商家处理')
    expect(page.text()).not.toContain('重试')
  })

  test('does not mention a button that is not shown', async () => {
    const page = await openAs(late(state, attempt), 'lateRefund')
    expect(page.text()).not.toContain('重新申请')
    expect(buttonsOf(page)).toEqual([])
  })

  test('is not polled', async () => {
    await openAs(late(state, attempt), 'lateRefund')
    await pass(60)
    expect(wx.pay).toHaveBeenCalledTimes(1)
  })
})

test.each<[string, Order]>([
  ['a late payment that WeChat is refunding', late('PROCESSING')],
  ['a refund that failed and is about to be cancelled', refunding({ state: 'REFUNDCLOSE' })],
])('%s is polled', async (_what, one) => {
  await openAs(one)
  await pass(2)
  expect(wx.pay).toHaveBeenCalledTimes(2)
})

describe('a late payment that the merchant refunds after WeChat refused the shop’s refund', () => {
  const { refund } = late('REFUSED')
  const one = partlyRefunded(
    { refunded: 0, in_flight: 100 },
    { status: 3, closed_at: T0, refund: { ...refund!, refund_fee: 100 as Order['total_fee'] } },
  )

  test('is being refunded, and says nothing of a retry', async () => {
    const page = await openAs(one, 'lateRefund')
    expect(page.texts('.status')).toEqual(['正在退款'])
    expect(sumsOf(page)).toBe('商家正在退款 ¥1.00')
    expect(page.text()).not.toContain('自动重试')
  })

  test('is polled', async () => {
    await openAs(one)
    await pass(2)
    expect(wx.pay).toHaveBeenCalledTimes(2)
  })
})
