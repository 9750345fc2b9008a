import { handleRequest } from '../../../../simulator/wechat-pay/endpoints'
import { APPID, HOUR, ORDER, PAYER_OPENID, readXml, WXPayUtil } from '../support'
import { ACCOUNT, setUp, setUpPaid } from './merchant'

const { out_trade_no, notify_url } = ORDER

describe('the notification of a payment', () => {
  test('is sent to the notify_url of the order', async () => {
    const { notifications, posts } = setUpPaid()
    await notifications.settled()
    expect(posts.map(({ url }) => url)).toEqual([notify_url])
  })

  test('contains the payment', async () => {
    const { ledger, notifications, pay } = setUp()
    pay({ attach: 'shelf 3' })
    expect(await readXml(notifications.body(`payment:${out_trade_no}`))).toEqual({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      appid: APPID,
      mch_id: ACCOUNT.mch_id,
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/),
      sign: expect.any(String),
      openid: PAYER_OPENID,
      is_subscribe: 'N',
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      total_fee: '129',
      fee_type: 'CNY',
      cash_fee: '129',
      transaction_id: ledger.trade(out_trade_no)!.payment!.transaction_id,
      out_trade_no,
      attach: 'shelf 3',
      time_end: '20260101120000',
    })
  })

  test.each([
    ['MD5', {}],
    ['MD5', { sign_type: 'MD5' }],
    ['HMAC-SHA256', { sign_type: 'HMAC-SHA256' }],
  ])('is signed with %s when the order was made with %p', async (type, fields) => {
    const { notifications, pay } = setUp()
    pay(fields)
    const notified = await readXml(notifications.body(`payment:${out_trade_no}`))
    expect(notified.sign).toBe(WXPayUtil.generateSignature(notified, ACCOUNT.key, type))
  })

  test('does not exist before the payment', () => {
    const { ledger, notifications } = setUp()
    handleRequest(ledger, 'unifiedorder', ORDER)
    expect(notifications.pending()).toEqual([])
  })

  test('is sent once when the merchant acknowledges it', async () => {
    const { posts, pass } = setUpPaid()
    await pass(0)
    await pass(48 * HOUR)
    expect(posts).toHaveLength(1)
  })
})
