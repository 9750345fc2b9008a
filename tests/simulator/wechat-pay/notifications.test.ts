import { Store } from '../../../simulator/store'
import { Ledger } from '../../../simulator/wechat-pay/ledger'
import type { LogEntry } from '../../../simulator/wechat-pay/log'
import { Notifications } from '../../../simulator/wechat-pay/notifications'
import type { NotificationsOptions } from '../../../simulator/wechat-pay/notifications'
import { appid, hour, minute, order, payer, readXml, WXPayUtil } from './support'

const { Aes, Hash, Transformer } = require('wechatpay-axios-plugin')

const account = { appid, mch_id: '1600000001', key: '192006250b4c09247ec02edce69f6a2d' }
const { out_trade_no, notify_url } = order
const taken = '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>'
const refused = '<xml><return_code><![CDATA[FAIL]]></return_code></xml>'
const refundUrl = 'https://shop.example.com/refunds'

/** A merchant who takes everything in until told otherwise; time stands still. */
function setUp(options: Partial<NotificationsOptions> = {}, store = Store.open()) {
  const time = { now: Date.UTC(2026, 0, 1, 4) }
  const clock = { now: () => time.now }
  const ledger = new Ledger({ store, clock })
  const posts: { url: string; body: string }[] = []
  const log: LogEntry[] = []
  const merchant = { status: 200, body: taken }
  const notifications = new Notifications({
    store,
    ledger,
    account,
    clock,
    deliver: async (url, body) => {
      posts.push({ url, body })
      return merchant
    },
    log: (entry) => void log.push(entry),
    ...options,
  })
  const pay = (fields: object = {}) => {
    ledger.unifiedorder({ ...order, ...fields })
    ledger.pay(ledger.trade(out_trade_no)!.prepay_id, payer)
  }
  const refund = (fields: object = {}) => {
    const fees = { total_fee: order.total_fee, refund_fee: order.total_fee }
    ledger.refund({ out_trade_no, out_refund_no: 'refund-1', ...fees, ...fields })
  }
  /** So many ms pass, and whoever follows the time looks. */
  const pass = async (ms: number) => {
    time.now += ms
    notifications.look()
    await notifications.settled()
  }
  return { store, ledger, notifications, posts, log, merchant, time, pay, refund, pass }
}

/** A merchant whose trade is paid, with notifications going out. */
function setUpPaid(options: Partial<NotificationsOptions> = {}) {
  const all = setUp(options)
  all.pay()
  all.notifications.release()
  return all
}

async function decrypted(body: string): Promise<any> {
  const { req_info } = await readXml(body)
  return Transformer.toObject(Aes.AesEcb.decrypt(req_info, Hash.md5(account.key)))
}

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
    ledger.unifiedorder(order)
    expect(notifications.pending()).toEqual([])
  })

  test('is sent once when the merchant takes it in', async () => {
    const { posts, pass } = setUpPaid()
    await pass(0)
    await pass(48 * hour)
    expect(posts).toHaveLength(1)
  })
})

describe('repeating', () => {
  test('follows the schedule of WeChat Pay until it ends', async () => {
    const { merchant, posts, pass, notifications, time } = setUpPaid({})
    merchant.status = 500
    const started = time.now
    const sentAfter: number[] = []
    await pass(0)
    for (let times = 0; times < 20; times++) {
      const [next] = notifications.pending()
      if (next === undefined) break
      const count = posts.length
      await pass(next.next_at! - time.now - 1)
      expect(posts).toHaveLength(count)
      await pass(1)
      sentAfter.push((time.now - started) / minute)
    }
    expect(sentAfter).toEqual([
      0.25, 0.5, 1, 4, 14, 34, 64, 94, 124, 184, 364, 544, 724, 1084, 1444,
    ])
  })

  test.each([
    ['another status', 500, taken],
    ['FAIL', 200, refused],
    ['no XML', 200, 'SUCCESS'],
    ['nothing', 200, ''],
  ])('follows an answer of %s', async (_what, status, body) => {
    const all = setUp()
    Object.assign(all.merchant, { status, body })
    all.pay()
    all.notifications.release()
    await all.pass(0)
    await all.pass(15_000)
    expect(all.posts).toHaveLength(2)
  })

  test('follows no answer', async () => {
    const deliver = () => Promise.reject(new Error('ECONNREFUSED'))
    const { notifications, log, pass } = setUpPaid({ deliver })
    await pass(0)
    expect(notifications.pending()).toMatchObject([{ attempts: 1 }])
    expect(log.at(-1)).toMatchObject({
      endpoint: 'notify payment',
      verdict: 'FAIL',
      reason: 'no answer: ECONNREFUSED; again in 15 s',
    })
  })

  test('follows an answer that comes too late', async () => {
    const deliver: NotificationsOptions['deliver'] = (_url, _body, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    const { notifications, pass } = setUpPaid({ deliver, answerWithinMs: 20 })
    const keepsAwake = setTimeout(() => {}, 5000)
    await pass(0)
    clearTimeout(keepsAwake)
    expect(notifications.pending()).toMatchObject([{ attempts: 1 }])
  })

  test('ends when the merchant has taken it in at last', async () => {
    const { merchant, notifications, pass } = setUpPaid()
    merchant.body = refused
    await pass(0)
    merchant.body = taken
    await pass(15_000)
    expect(notifications.pending()).toEqual([])
  })

  test('sends the same XML', async () => {
    const { merchant, posts, pass } = setUpPaid()
    merchant.body = refused
    await pass(0)
    await pass(15_000)
    expect(posts[1]).toEqual(posts[0])
  })

  test('does not begin while the answer is awaited', async () => {
    let answer!: (answer: { status: number; body: string }) => void
    let posts = 0
    const deliver: NotificationsOptions['deliver'] = () => {
      posts++
      return new Promise((resolve) => (answer = resolve))
    }
    const { notifications } = setUpPaid({ deliver })
    notifications.look()
    answer({ status: 200, body: taken })
    await notifications.settled()
    expect(posts).toBe(1)
  })

  test('goes on after a restart', async () => {
    const { store, merchant, notifications, pass, posts } = setUpPaid()
    merchant.body = refused
    await pass(0)
    notifications.hold()
    const again = setUp({}, store)
    again.notifications.release()
    await again.pass(15_000)
    expect(again.posts).toEqual(posts)
  })
})

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
      refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
      refund_request_source: 'API',
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

describe('a test', () => {
  const id = `payment:${out_trade_no}`

  test('finds everything held at first', async () => {
    const { pay, pass, posts } = setUp()
    pay()
    await pass(0)
    expect(posts).toEqual([])
  })

  test('holds notifications back', async () => {
    const { notifications, pay, pass, posts } = setUp()
    notifications.release()
    notifications.hold()
    pay()
    await pass(0)
    expect(posts).toEqual([])
    expect(notifications.pending()).toMatchObject([{ _id: id, attempts: 0 }])
  })

  test('sends what is held', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id)).toEqual([true])
    expect(posts).toHaveLength(1)
  })

  test('sends several copies at once', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id, 3)).toEqual([true, true, true])
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1)
  })

  test('sends again what was taken in, which stays taken in', async () => {
    const { notifications, merchant, pay } = setUp()
    pay()
    await notifications.sendNow(id)
    merchant.status = 500
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(notifications.pending()).toEqual([])
  })

  test('cannot send what does not exist', async () => {
    await expect(setUp().notifications.sendNow(id)).rejects.toThrow(`no notification ${id}`)
  })

  test('lets a notification be lost', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('notification')
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(posts).toEqual([])
  })

  test('lets an answer be lost', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('answer', 2)
    expect(await notifications.sendNow(id, 3)).toEqual([false, false, true])
    expect(posts).toHaveLength(3)
  })
})

test('the log tells how each went, without the key', async () => {
  const { log, pass } = setUpPaid()
  await pass(0)
  expect(log).toEqual([
    { at: expect.any(Number), endpoint: 'notify payment', out_trade_no, verdict: 'SUCCESS' },
  ])
  expect(JSON.stringify(log)).not.toContain(account.key)
})

test('the log says that it was given up', async () => {
  const { log, merchant, pass } = setUpPaid()
  merchant.status = 500
  for (let times = 0; times < 20; times++) await pass(6 * hour)
  expect(log).toHaveLength(16)
  expect(log.at(-1)!.reason).toBe('HTTP 500; given up')
})
