import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import type { Order } from '../../../typings/contract'
import { newOrder as newOrderAt, OWNER } from '../workload/sample-orders'
import type { Subject } from './subject'

/** Defines the contract of WeChat Pay's port. */
export function describeWeChatPayPort(opened: () => Subject): void {
  const newOrder = (changes?: Partial<Order>) => newOrderAt(opened().now(), changes)

  const unifiedorder = (order: Order) => opened().wechatPay.unifiedorder(order)

  /** Returns a reply without nonce_str and sign, which every `ok` reply has. */
  const meaning = (reply: GatewayReply) => {
    if (reply.kind !== 'ok') return reply
    const { nonce_str, sign: _sign, ...fields } = reply.fields
    expect(nonce_str).toMatch(/^\w{32}$/)
    return { kind: 'ok', fields }
  }
  const head = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    result_code: 'SUCCESS',
    appid: 'wx5f0c0ffee0000001',
    mch_id: '1600000001',
  }
  const digits = expect.stringMatching(/^\d+$/)

  async function paid(): Promise<Order> {
    const order = newOrder()
    const reply = await unifiedorder(order)
    if (reply.kind !== 'ok') throw new Error(JSON.stringify(reply))
    opened().ledger.pay(reply.fields['prepay_id']!, OWNER)
    return order
  }

  const refund = (order: Order) =>
    opened().wechatPay.refund(order, {
      out_refund_no: `${order.out_trade_no}-1`,
      refund_fee: order.total_fee,
    })

  test('unifiedorder returns a prepay_id, and the same one when repeated', async () => {
    const order = newOrder()
    const first = meaning(await unifiedorder(order))
    expect(first).toEqual({
      kind: 'ok',
      fields: { ...head, trade_type: 'JSAPI', prepay_id: expect.stringMatching(/^wx\d{34}$/) },
    })
    expect(meaning(await unifiedorder(order))).toEqual(first)
  })

  test('unifiedorder with other parameters is refused', async () => {
    const order = newOrder()
    await unifiedorder(order)
    const other = { ...order, request: { ...order.request, body: '红茶' } }
    expect(await unifiedorder(other)).toEqual({
      kind: 'refused',
      err_code: 'INVALID_REQUEST',
      err_code_des: '201 商户订单号重复',
    })
  })

  test('unifiedorder with a body that is too long is refused', async () => {
    const order = newOrder()
    const long = { ...order, request: { ...order.request, body: '茶'.repeat(43) } }
    expect(await unifiedorder(long)).toEqual({
      kind: 'refused',
      err_code: 'FAIL',
      err_code_des: 'body参数长度有误',
    })
  })

  test('unifiedorder uses the order’s own sign_type', async () => {
    const order = newOrder({ sign_type: 'MD5' })
    const reply = await unifiedorder({ ...order, request: { ...order.request, sign_type: 'MD5' } })
    expect(reply.kind).toBe('ok')
    expect(opened().ledger.trade(order._id)?.request['sign_type']).toBe('MD5')
  })

  test('orderquery of an unknown trade is refused', async () => {
    expect(await opened().wechatPay.orderquery('0'.repeat(32))).toEqual({
      kind: 'refused',
      err_code: 'ORDERNOTEXIST',
      err_code_des: 'order not exist',
    })
  })

  test('orderquery of an unpaid trade returns its number and NOTPAY', async () => {
    const order = newOrder()
    await unifiedorder(order)
    expect(meaning(await opened().wechatPay.orderquery(order._id))).toEqual({
      kind: 'ok',
      fields: {
        ...head,
        out_trade_no: order._id,
        trade_state: 'NOTPAY',
        trade_state_desc: expect.any(String),
      },
    })
  })

  test('orderquery of a paid trade returns its payment', async () => {
    const order = await paid()
    expect(meaning(await opened().wechatPay.orderquery(order._id))).toEqual({
      kind: 'ok',
      fields: {
        ...head,
        out_trade_no: order._id,
        trade_state: 'SUCCESS',
        trade_state_desc: '支付成功',
        openid: OWNER,
        is_subscribe: 'N',
        trade_type: 'JSAPI',
        bank_type: 'OTHERS',
        total_fee: '100',
        fee_type: 'CNY',
        cash_fee: '100',
        transaction_id: digits,
        time_end: expect.stringMatching(/^\d{14}$/),
      },
    })
  })

  test('closeorder within five minutes is refused', async () => {
    const order = newOrder()
    await unifiedorder(order)
    expect(await opened().wechatPay.closeorder(order._id)).toMatchObject({
      kind: 'refused',
      err_code: 'INVALID_REQUEST',
    })
  })

  test('a refund is accepted, and a repeated request gets the same reply', async () => {
    const order = await paid()
    const first = meaning(await refund(order))
    expect(first).toEqual({
      kind: 'ok',
      fields: {
        ...head,
        transaction_id: digits,
        out_trade_no: order._id,
        out_refund_no: `${order._id}-1`,
        refund_id: digits,
        refund_fee: '100',
        total_fee: '100',
        cash_fee: '100',
      },
    })
    expect(meaning(await refund(order))).toEqual(first)
    expect(opened().ledger.refunds(order._id)).toHaveLength(1)
  })

  test('a refund of an unpaid trade is refused', async () => {
    const order = newOrder()
    await unifiedorder(order)
    expect(await refund(order)).toMatchObject({
      kind: 'refused',
      err_code: 'TRADE_STATE_ERROR',
    })
  })

  test.each([
    ['out_refund_no', (order: Order) => `${order._id}-1`, undefined, {}],
    ['out_trade_no', (order: Order) => order._id, undefined, {}],
    ['out_trade_no', (order: Order) => order._id, 0, { total_refund_count: '1' }],
  ] as const)('refundquery by %s', async (by, numberOf, offset, total) => {
    const order = await paid()
    await refund(order)
    const { wechatPay } = opened()
    const from = offset === undefined ? [] : [offset]
    expect(meaning(await wechatPay.refundquery(by, numberOf(order), ...from))).toEqual({
      kind: 'ok',
      fields: {
        ...head,
        transaction_id: digits,
        out_trade_no: order._id,
        total_fee: '100',
        cash_fee: '100',
        ...total,
        refund_count: '1',
        out_refund_no_0: `${order._id}-1`,
        refund_id_0: digits,
        refund_channel_0: 'ORIGINAL',
        refund_fee_0: '100',
        refund_status_0: 'PROCESSING',
        refund_recv_accout_0: '支付用户零钱',
      },
    })
  })

  test('refundquery lists ten refunds on each page', async () => {
    const order = await paid()
    for (let n = 0; n < 12; n++) {
      opened().ledger.refundByHand({ out_trade_no: order._id, refund_fee: 1 })
    }
    const pages = []
    for (const offset of [0, 10, 20]) {
      const reply = await opened().wechatPay.refundquery('out_trade_no', order._id, offset)
      const { refund_count, total_refund_count } = reply.kind === 'ok' ? reply.fields : {}
      pages.push([reply.kind, refund_count, total_refund_count])
    }
    expect(pages).toEqual([
      ['ok', '10', '12'],
      ['ok', '2', '12'],
      ['refused', undefined, undefined],
    ])
  })

  test('refundquery of an unknown refund is refused', async () => {
    expect(await opened().wechatPay.refundquery('out_refund_no', 'none')).toEqual({
      kind: 'refused',
      err_code: 'REFUNDNOTEXIST',
      err_code_des: 'not exist',
    })
  })

  test('a refusal with a code that means "try again" is unknown', async () => {
    const order = await paid()
    for (const why of ['SYSTEMERROR', 'BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED']) {
      opened().refuseNext('refund', why)
      expect(await refund(order)).toEqual({ kind: 'unknown', why })
    }
  })

  test('any other refusal is refused', async () => {
    const order = await paid()
    opened().refuseNext('refund', 'NOTENOUGH')
    expect(await refund(order)).toEqual({
      kind: 'refused',
      err_code: 'NOTENOUGH',
      err_code_des: 'NOTENOUGH',
    })
  })

  test('a lost reply is unknown although the refund was made', async () => {
    const order = await paid()
    opened().loseNext('refund')
    expect(await refund(order)).toMatchObject({ kind: 'unknown' })
    expect(opened().ledger.refunds(order._id)).toHaveLength(1)
  })

  test('the phone can pay with the paySign', async () => {
    const order = newOrder()
    const reply = await unifiedorder(order)
    const prepay_id = reply.kind === 'ok' ? reply.fields['prepay_id']! : ''
    const time_stamp = String(Math.floor(opened().now() / 1000))
    const payable = { prepay_id, time_stamp, nonce_str: 'n'.repeat(32) }
    // Over sockets it is a promise.
    const paySign = await Promise.resolve(
      opened().wechatPay.paySign({ ...payable, sign_type: 'HMAC-SHA256' }),
    )
    expect(
      opened().payer.preview(OWNER, {
        timeStamp: time_stamp,
        nonceStr: payable.nonce_str,
        package: `prepay_id=${prepay_id}`,
        signType: 'HMAC-SHA256',
        paySign,
      }),
    ).toMatchObject({ ok: true, total_fee: 100 })
  })
}
