import { isIP } from 'node:net'
import { type Answer, accept, fail, type Failure, refuse, type Refusal } from '../answer'
import { parseTime } from '../beijing-time'
import type { Fields } from '../xml'
import { type Trade, tradeState } from './entities'
import { prepayId } from './numbers'
import { parseFen, type LedgerContext } from './context'

/** A prepay_id can be paid for two hours (pay.weixin.qq.com, V2 统一下单). */
export const prepayIdLifeMs = 2 * 3600_000

const shortestLifeMs = 60_000

/**
 * Takes an order, or hands out the prepay_id of one that was taken before. The same out_trade_no
 * may only come with the very same parameters: nonce_str and sign alone may differ.
 */
export function unifiedorder(fields: Fields, context: LedgerContext): Answer {
  const malformed = checkValues(fields, context)
  if (malformed) return malformed
  const request = lasting(fields)
  const known = context.books.trade(fields.out_trade_no ?? '')
  if (known) return again(known, request, context)

  const now = context.now()
  const expires_at = parseTime(request.time_expire ?? '')
  if (expires_at !== undefined && expires_at - now <= shortestLifeMs) {
    return refuse('PARAM_ERROR', 'time_expire时间过短，刷卡至少1分钟，其他5分钟')
  }
  return prepay(
    {
      _id: fields.out_trade_no ?? '',
      request,
      openid: fields.openid ?? '',
      total_fee: Number(fields.total_fee),
      created_at: now,
      ...(expires_at !== undefined && { expires_at }),
      ...newPrepayId(context),
    },
    context,
  )
}

function again(trade: Trade, request: Fields, context: LedgerContext): Answer {
  switch (tradeState(trade, context.books.refundsOf(trade._id), context.now())) {
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
  // assumed: a prepay_id that has died is replaced by a new one
  const alive = context.now() < trade.prepay_id_at + prepayIdLifeMs
  return prepay(alive ? trade : { ...trade, ...newPrepayId(context) }, context)
}

function prepay(trade: Trade, { books }: LedgerContext): Answer {
  if (books.trade(trade._id) !== trade) books.putTrade(trade)
  return accept({ trade_type: 'JSAPI', prepay_id: trade.prepay_id })
}

function newPrepayId({ now, digits }: LedgerContext): Pick<Trade, 'prepay_id' | 'prepay_id_at'> {
  return { prepay_id: prepayId(now(), digits), prepay_id_at: now() }
}

/** The texts are WeChat's where public reports show them; "invalid …" is its way for the others. */
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

function lasting(fields: Fields): Fields {
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
