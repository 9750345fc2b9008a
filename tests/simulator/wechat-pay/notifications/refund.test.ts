import { appid, order, readXml } from '../support'
import { account, setUp } from './merchant'

const { Aes, Hash, Transformer } = require('wechatpay-axios-plugin')

const { out_trade_no, notify_url } = order
const refundUrl = 'https://shop.example.com/refunds'

async function decrypted(body: string): Promise<any> {
  const { req_info } = await readXml(body)
  return Transformer.toObject(Aes.AesEcb.decrypt(req_info, Hash.md5(account.key)))
}

describe('the notification of a refund', () => {
  const settled = async (outcome: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE') => {
    const all = setUp()
    all.pay()
    all.ledger.setRefundOutcome(out_trade_no, outcome)
    all.refund({ notify_url: refundUrl })
    all.time.now += 3000
    return { ...all, body: all.notifications.body(`refund:refund-1:${outcome}`) }
  }

  test('goes to the notify_url of the refund when it has settled', async () => {
    const { pay, refund, notifications, pass, posts } = setUp({
      refundNotifyUrl: 'https://shop.example.com/other',
    })
    pay()
    refund({ notify_url: refundUrl })
    notifications.release()
    await pass(2999)
    expect(posts.map(({ url }) => url)).toEqual([notify_url])
    await pass(1)
    expect(posts.map(({ url }) => url)).toEqual([notify_url, refundUrl])
  })

  test('does not exist when the refund named no notify_url', () => {
    const { pay, refund, notifications, time } = setUp()
    pay()
    refund()
    time.now += 3000
    expect(notifications.about(out_trade_no).map(({ kind }) => kind)).toEqual(['payment'])
  })

  test('goes to the address of the merchant platform when the refund named none', () => {
    const { pay, refund, notifications, time } = setUp({ refundNotifyUrl: refundUrl })
    pay()
    refund()
    time.now += 3000
    expect(notifications.about(out_trade_no)[1]).toMatchObject({ kind: 'refund', url: refundUrl })
  })

  test('is encrypted and not signed', async () => {
    const { body } = await settled('SUCCESS')
    expect(await readXml(body)).toEqual({
      return_code: 'SUCCESS',
      appid,
      mch_id: account.mch_id,
      nonce_str: expect.any(String),
      req_info: expect.stringMatching(/^[\w+/=]+$/),
    })
  })

  test('says what was refunded', async () => {
    const { ledger, body } = await settled('SUCCESS')
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
    'names the account that the request used: %s',
    async (refund_account) => {
      const { pay, refund, notifications, time } = setUp({ refundNotifyUrl: refundUrl })
      pay()
      refund({ refund_account })
      time.now += 3000
      const told = await decrypted(notifications.body('refund:refund-1:SUCCESS'))
      expect(told).toMatchObject({ refund_account, refund_request_source: 'API' })
    },
  )

  test('says that it was made in the merchant platform', async () => {
    const { pay, ledger, notifications, time } = setUp({ refundNotifyUrl: refundUrl })
    pay()
    ledger.refundByHand({ out_trade_no, refund_fee: 1, out_refund_no: 'by-hand' })
    time.now += 3000
    const told = await decrypted(notifications.body('refund:by-hand:SUCCESS'))
    expect(told).toMatchObject({
      refund_fee: '1',
      refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_request_source: 'VENDOR_PLATFORM',
    })
  })

  test.each(['CHANGE', 'REFUNDCLOSE'] as const)('says that it ended as %s', async (outcome) => {
    const { body } = await settled(outcome)
    const { refund_status, success_time } = await decrypted(body)
    expect([refund_status, success_time]).toEqual([outcome, undefined])
  })

  test('comes anew when a refund that had changed succeeds after all', async () => {
    const { ledger, notifications } = await settled('CHANGE')
    ledger.settleRefund('refund-1', 'SUCCESS')
    expect(notifications.about(out_trade_no).map(({ _id }) => _id)).toEqual([
      `payment:${out_trade_no}`,
      'refund:refund-1:CHANGE',
      'refund:refund-1:SUCCESS',
    ])
  })
})
