import { APPID, ORDER, readXml } from '../support'
import { ACCOUNT, setUp } from './merchant'

const { Aes, Hash, Transformer } = require('wechatpay-axios-plugin')

const { out_trade_no, notify_url } = ORDER
const REFUND_URL = 'https://shop.example.com/refunds'

async function decrypted(body: string): Promise<any> {
  const { req_info } = await readXml(body)
  return Transformer.toObject(Aes.AesEcb.decrypt(req_info, Hash.md5(ACCOUNT.key)))
}

describe('the notification of a refund', () => {
  const endedRefund = async (outcome: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE') => {
    const all = setUp()
    all.pay()
    all.ledger.setRefundOutcome(out_trade_no, outcome)
    all.refund({ notify_url: REFUND_URL })
    all.time.now += 3000
    return { ...all, body: all.notifications.body(`refund:refund-1:${outcome}`) }
  }

  test('is sent to the notify_url of the refund when it has ended', async () => {
    const { pay, refund, notifications, pass, posts } = setUp({
      refundNotifyUrl: 'https://shop.example.com/other',
    })
    pay()
    refund({ notify_url: REFUND_URL })
    notifications.release()
    await pass(2999)
    expect(posts.map(({ url }) => url)).toEqual([notify_url])
    await pass(1)
    expect(posts.map(({ url }) => url)).toEqual([notify_url, REFUND_URL])
  })

  test('does not exist when the refund has no notify_url', () => {
    const { pay, refund, notifications, time } = setUp()
    pay()
    refund()
    time.now += 3000
    expect(notifications.about(out_trade_no).map(({ kind }) => kind)).toEqual(['payment'])
  })

  test("is sent to the merchant platform's address when the refund has no notify_url", () => {
    const { pay, refund, notifications, time } = setUp({ refundNotifyUrl: REFUND_URL })
    pay()
    refund()
    time.now += 3000
    expect(notifications.about(out_trade_no)[1]).toMatchObject({ kind: 'refund', url: REFUND_URL })
  })

  test('is encrypted and not signed', async () => {
    const { body } = await endedRefund('SUCCESS')
    expect(await readXml(body)).toEqual({
      return_code: 'SUCCESS',
      appid: APPID,
      mch_id: ACCOUNT.mch_id,
      nonce_str: expect.any(String),
      req_info: expect.stringMatching(/^[\w+/=]+$/),
    })
  })

  test('contains the refund', async () => {
    const { ledger, body } = await endedRefund('SUCCESS')
    expect(await decrypted(body)).toEqual({
      transaction_id: ledger.trade(out_trade_no)!.payment!.transaction_id,
      out_trade_no,
      refund_id: ledger.refunds(out_trade_no)[0]!.refund_id,
      out_refund_no: 'refund-1',
      total_fee: '129',
      settlement_total_fee: '129',
      refund_fee: '129',
      settlement_refund_fee: '129',
      refund_status: 'SUCCESS',
      success_time: '2026-01-01 12:00:03',
      refund_recv_accout: '支付用户零钱',
      refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_request_source: 'API',
    })
  })

  test.each(['REFUND_SOURCE_UNSETTLED_FUNDS', 'REFUND_SOURCE_RECHARGE_FUNDS'])(
    'contains the account of the request: %s',
    async (refund_account) => {
      const { pay, refund, notifications, time } = setUp({ refundNotifyUrl: REFUND_URL })
      pay()
      refund({ refund_account })
      time.now += 3000
      const notified = await decrypted(notifications.body('refund:refund-1:SUCCESS'))
      expect(notified).toMatchObject({ refund_account, refund_request_source: 'API' })
    },
  )

  test('says that the refund was made in the merchant platform', async () => {
    const { pay, ledger, notifications, time } = setUp({ refundNotifyUrl: REFUND_URL })
    pay()
    ledger.refundByHand({ out_trade_no, refund_fee: 1, out_refund_no: 'by-hand' })
    time.now += 3000
    const notified = await decrypted(notifications.body('refund:by-hand:SUCCESS'))
    expect(notified).toMatchObject({
      refund_fee: '1',
      refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_request_source: 'VENDOR_PLATFORM',
    })
  })

  test.each(['CHANGE', 'REFUNDCLOSE'] as const)('contains the outcome %s', async (outcome) => {
    const { body } = await endedRefund(outcome)
    const { refund_status, success_time } = await decrypted(body)
    expect([refund_status, success_time]).toEqual([outcome, undefined])
  })

  test('is created again when a refund in CHANGE later succeeds', async () => {
    const { ledger, notifications } = await endedRefund('CHANGE')
    ledger.endRefund('refund-1', 'SUCCESS')
    expect(notifications.about(out_trade_no).map(({ _id }) => _id)).toEqual([
      `payment:${out_trade_no}`,
      'refund:refund-1:CHANGE',
      'refund:refund-1:SUCCESS',
    ])
  })
})
