import { isIP } from 'node:net'
import { parseTime } from '../beijing-time'
import {
  type EndpointReply,
  accept,
  fail,
  type Failure,
  refuse,
  type Refusal,
} from '../endpoint-reply'
import { parseFen, type LedgerContext } from '../ledger/context'
import { isPrepayIdValid, type Trade, tradeState } from '../ledger/entities'
import { prepayId } from '../ledger/numbers'
import type { Fields } from '../xml'
import type { Endpoint } from './endpoint'

/** The minimum time (ms) between an order and its time_expire (pay.weixin.qq.com, V2 统一下单). */
const MIN_LIFETIME_MS = 60_000

/**
 * Creates an order, or returns the prepay_id of an existing one. A repeated out_trade_no must have
 * the same parameters, except for nonce_str and sign.
 */
export const unifiedorder: Endpoint = {
  path: '/pay/unifiedorder',
  certificate: false,
  required: {
    body: 128,
    out_trade_no: 32,
    total_fee: 11,
    spbill_create_ip: 64,
    notify_url: 256,
    trade_type: 16,
  },
  optional: {
    device_info: 32,
    detail: 6000,
    attach: 127,
    fee_type: 16,
    time_start: 14,
    time_expire: 14,
    goods_tag: 32,
    product_id: 32,
    limit_pay: 32,
    openid: 128,
    receipt: 8,
    scene_info: 256,
  },

  reply(fields, context) {
    const malformed = checkValues(fields, context)
    if (malformed) return malformed
    const request = orderParameters(fields)
    const known = context.tradeStore.trade(fields.out_trade_no ?? '')
    if (known) return replyToRepeated(known, request, context)

    const now = context.now()
    const expires_at = parseTime(request.time_expire ?? '')
    if (expires_at !== undefined && expires_at - now <= MIN_LIFETIME_MS) {
      return refuse('PARAM_ERROR', 'time_expire时间过短，刷卡至少1分钟，其他5分钟')
    }
    const trade = {
      _id: fields.out_trade_no ?? '',
      request,
      openid: fields.openid ?? '',
      total_fee: Number(fields.total_fee),
      created_at: now,
      ...(expires_at !== undefined && { expires_at }),
      ...newPrepayId(context),
    }
    return prepay(trade, context)
  },
}

function replyToRepeated(trade: Trade, request: Fields, context: LedgerContext): EndpointReply {
  const { tradeStore, now } = context
  switch (tradeState(trade, tradeStore.refundsOf(trade._id), now())) {
    case 'CLOSED':
    case 'REVOKED':
      return refuse('ORDERCLOSED', '订单已关闭')
    case 'SUCCESS':
    case 'REFUND':
      return refuse('ORDERPAID', '该订单已支付')
    case 'NOTPAY':
    case 'USERPAYING':
    case 'PAYERROR':
  }
  if (!sameFields(trade.request, request)) return refuse('INVALID_REQUEST', '201 商户订单号重复')
  // Assumed: an expired prepay_id is replaced by a new one
  const valid = isPrepayIdValid(trade, now())
  return prepay(valid ? trade : { ...trade, ...newPrepayId(context) }, context)
}

function prepay(trade: Trade, { tradeStore }: LedgerContext): EndpointReply {
  if (tradeStore.trade(trade._id) !== trade) tradeStore.putTrade(trade)
  return accept({ trade_type: 'JSAPI', prepay_id: trade.prepay_id })
}

function newPrepayId({ now, digits }: LedgerContext): Pick<Trade, 'prepay_id' | 'prepay_id_at'> {
  return { prepay_id: prepayId(now(), digits), prepay_id_at: now() }
}

/**
 * Returns the reply to the first invalid value. Assumed: the texts "invalid …"; the others are
 * WeChat's, from public reports.
 */
function checkValues(fields: Fields, context: LedgerContext): Failure | Refusal | undefined {
  const { out_trade_no = '', notify_url = '', openid = '' } = fields
  if (!/^[\w\-|*@]{6,32}$/.test(out_trade_no)) return fail('invalid out_trade_no')
  if (parseFen(fields.total_fee) === undefined) return fail('invalid total_fee')
  if (isIP(fields.spbill_create_ip ?? '') === 0) return fail('invalid spbill_create_ip')
  if (!/^https?:\/\/[^\s?#]+$/.test(notify_url)) return fail('invalid notify_url')
  if ((fields.fee_type || 'CNY') !== 'CNY') return fail('invalid fee_type')
  for (const name of ['time_start', 'time_expire']) {
    if (fields[name] && parseTime(fields[name]) === undefined) return fail(`invalid ${name}`)
  }
  if (fields.trade_type !== 'JSAPI') return refuse('NOAUTH', '商户无此接口权限')
  if (openid === '') return fail('JSAPI支付必须传openid')
  if (!/^[\w-]+$/.test(openid)) return refuse('PARAM_ERROR', '无效的openid')
  if (!context.knowsOpenid(openid)) return fail('appid and openid not match')
  return undefined
}

/** Returns the parameters that a repeated request must have in common with the first one. */
function orderParameters(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, text]) => name !== 'nonce_str' && name !== 'sign' && text !== '',
    ),
  )
}

function sameFields(a: Fields, b: Fields): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}
