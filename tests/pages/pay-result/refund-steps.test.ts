import type { OrderStatus, Refund } from '../../../typings/contract'
import { openOrder } from '../support/order-page'
import { paid, refunding, T0 } from '../support/samples'
import { fakeWx, ok } from '../support/wx'

const open = (status: OrderStatus, refund: Partial<Refund>) => {
  fakeWx().pay.mockResolvedValue(ok({ ...refunding(refund), status }))
  return openOrder()
}

/** when the refund ended: 03:04:17 */
const settled_at = T0 + 12_000
const REFUSAL = { err_code: 'NOTENOUGH', err_code_des: '商户余额不足' }

const ASKED = '申请退款 2026-01-02 03:04:14'

describe('the steps of a refund', () => {
  test.each(['ASKED', 'PROCESSING'] as const)('while WeChat processes it (%s)', async (state) => {
    const page = await open(3, { state })
    expect(page.texts('.step')).toEqual([ASKED, '微信处理中', '退款到账'])
    expect(page.texts('.step-name.good')).toEqual(['申请退款'])
    expect(page.texts('.step-name.moving')).toEqual(['微信处理中'])
    expect(page.texts('.step-name.ended')).toEqual(['退款到账'])
  })

  test('that has arrived', async () => {
    const page = await open(4, { state: 'SUCCESS', settled_at })
    expect(page.texts('.step')).toEqual([ASKED, '微信已处理', '已退款 2026-01-02 03:04:17'])
    expect(page.texts('.step-name.good')).toHaveLength(3)
  })

  test('that WeChat closed', async () => {
    const page = await open(1, { state: 'REFUNDCLOSE', settled_at })
    const closed = '退款已关闭 钱款没有退回，可以重新申请 2026-01-02 03:04:17'
    expect(page.texts('.step')).toEqual([ASKED, '微信已处理', closed])
    expect(page.texts('.step-name.bad')).toEqual(['退款已关闭'])
  })

  test('that WeChat could not pay out', async () => {
    const page = await open(3, { state: 'CHANGE', settled_at })
    const stuck = '没能退回账户 收款账户有问题，请联系商家处理 2026-01-02 03:04:17'
    expect(page.texts('.step')).toEqual([ASKED, '微信已处理', stuck])
    expect(page.texts('.step-name.bad')).toEqual(['没能退回账户'])
  })

  test('that WeChat refused say what to do, and below in small print WeChat’s code', async () => {
    const page = await open(1, { state: 'REFUSED', settled_at, refusal: REFUSAL })
    const refused =
      '微信没有受理 钱款没有退回，可以稍后重新申请，或联系商家 NOTENOUGH 2026-01-02 03:04:17'
    expect(page.texts('.step')).toEqual([ASKED, refused])
    expect(page.texts('.step .code')).toEqual(['NOTENOUGH'])
  })

  test('that WeChat refused without a code say the same', async () => {
    const page = await open(1, { state: 'REFUSED', settled_at })
    expect(page.texts('.step')).toEqual([
      ASKED,
      '微信没有受理 钱款没有退回，可以稍后重新申请，或联系商家 2026-01-02 03:04:17',
    ])
  })

  test.each(['REFUNDCLOSE', 'REFUSED'] as const)(
    'mention that it can be retried (%s)',
    async (state) => {
      const page = await open(1, { state, settled_at })
      expect(page.texts('.status')).toEqual(['已支付'])
      expect(page.texts('.refund')).toEqual(['重新退款'])
    },
  )

  test('are not shown without a refund', async () => {
    fakeWx().pay.mockResolvedValue(ok(paid()))
    const page = await openOrder()
    expect(page.has('.steps')).toBe(false)
    expect(page.texts('.refund')).toEqual(['退款'])
  })
})
