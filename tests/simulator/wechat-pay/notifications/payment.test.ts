import { answerRequest } from '../../../../simulator/wechat-pay/endpoints'
import { appid, hour, order, payer, readXml, WXPayUtil } from '../support'
import { account, setUp, setUpPaid } from './merchant'

const { out_trade_no, notify_url } = order

describe('the notification of a payment', () => {
  test('goes to the notify_url of the order', async () => {
    const { notifications, posts } = setUpPaid()
    await notifications.settled()
    expect(posts.map(({ url }) => url)).toEqual([notify_url])
  })

  test('says what was paid', async () => {
    const { ledger, notifications, pay } = setUp()
    pay({ attach: 'shelf 3' })
    expect(await readXml(notifications.body(`payment:${out_trade_no}`))).toEqual({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      appid,
      mch_id: account.mch_id,
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/),
      sign: expect.any(String),
      openid: payer,
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
    const told = await readXml(notifications.body(`payment:${out_trade_no}`))
    expect(told.sign).toBe(WXPayUtil.generateSignature(told, account.key, type))
  })

  test('does not exist before the payment', () => {
    const { ledger, notifications } = setUp()
    answerRequest(ledger, 'unifiedorder', order)
    expect(notifications.pending()).toEqual([])
  })

  test('is sent once when the merchant takes it in', async () => {
    const { posts, pass } = setUpPaid()
    await pass(0)
    await pass(48 * hour)
    expect(posts).toHaveLength(1)
  })
})
