import { type EndpointReply, accept, fail, frequencyLimited, refuse } from '../endpoint-reply'
import type { Fields } from '../xml'
import { namedTrade, parseFen, type LedgerContext } from './context'
import {
  DEFAULT_REFUND_ACCOUNT,
  isRefundClosed,
  type Refund,
  type RefundAccount,
  REFUND_ACCOUNTS,
  type RefundSource,
  type Trade,
} from './entities'
import { platformRefundNo, refundId } from './numbers'

/** The limits of a trade's refunds (pay.weixin.qq.com, V2 申请退款). */
const REFUNDABLE_FOR_MS = 365 * 24 * 3600_000
const MAX_REFUNDS = 50

/** A refund that a person requests in the merchant platform. */
export interface RefundByHand {
  out_trade_no: string
  /** fen */
  refund_fee: number
  /** generated as the platform does when absent */
  out_refund_no?: string
}

/** Accepts a refund requested in the merchant platform, where no rate limit applies. */
export function refundByHand(request: RefundByHand, context: LedgerContext): EndpointReply {
  const { tradeStore, now, digits } = context
  const { out_trade_no, refund_fee, out_refund_no = platformRefundNo(now(), digits) } = request
  const trade = tradeStore.trade(out_trade_no)
  if (!trade) return refuse('ORDERNOTEXIST', '订单不存在')
  const fees = { total_fee: `${trade.total_fee}`, refund_fee: `${refund_fee}` }
  return acceptRefund({ out_trade_no, out_refund_no, ...fees }, context, 'VENDOR_PLATFORM')
}

/**
 * Accepts a refund, which ends later. A repeated out_refund_no gets the first reply again.
 * Assumed: even when the refund has been closed since.
 */
export function acceptRefund(
  fields: Fields,
  context: LedgerContext,
  source: RefundSource,
): EndpointReply {
  const { tradeStore, now, digits, settings } = context
  const total_fee = parseFen(fields.total_fee)
  const refund_fee = parseFen(fields.refund_fee)
  if (total_fee === undefined) return fail('invalid total_fee')
  if (refund_fee === undefined) return fail('invalid refund_fee')
  if (!/^[\w\-|*@]+$/.test(fields.out_refund_no ?? '')) return fail('invalid out_refund_no')
  const refund_account = fields.refund_account || DEFAULT_REFUND_ACCOUNT
  if (!isRefundAccount(refund_account)) {
    // Assumed: the documentation gives neither the err_code nor the text
    return refuse('PARAM_ERROR', 'refund_account参数错误')
  }

  const trade = namedTrade(fields, tradeStore)
  if (!trade) return refuse('ORDERNOTEXIST', '订单不存在')
  if (!trade.payment) return refuse('TRADE_STATE_ERROR', '订单状态错误')
  const known = tradeStore.refund(fields.out_refund_no ?? '')
  const sameAsBefore =
    !known || (known.out_trade_no === trade._id && known.refund_fee === refund_fee)
  if (total_fee !== trade.total_fee || !sameAsBefore) {
    return refuse('REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试')
  }
  if (known) return acceptance(known, trade)

  const refunds = tradeStore.refundsOf(trade._id)
  const latest = refunds.at(-1)?.accepted_at ?? -Infinity
  // Assumed: the documentation gives the minute but no err_code; refunds by hand count as well
  if (source === 'API' && now() < latest + settings.refundIntervalMs) return frequencyLimited()
  if (now() > trade.payment.paid_at + REFUNDABLE_FOR_MS) {
    return refuse('TRADE_OVERDUE', '订单已经超过退款期限')
  }
  const rest = trade.total_fee - refundedFen(refunds, now())
  if (rest === 0) return refuse('ERROR', '订单已全额退款')
  if (refund_fee > rest) return refuse('REFUND_FEE_INVALID', '累计退款金额大于支付金额')
  if (refunds.length >= MAX_REFUNDS) return refuse('ERROR', '部分退款次数超过限制')
  if (refund_fee > context.funds.balance(refund_account, now())) {
    return refuse('NOTENOUGH', '基本账户余额不足，请充值后重新发起')
  }

  const refund: Refund = {
    _id: fields.out_refund_no ?? '',
    out_trade_no: trade._id,
    refund_id: refundId(now(), digits),
    refund_fee,
    accepted_at: now(),
    settles_at: now() + settings.refundEndsAfterMs,
    outcome: trade.refund_outcome ?? 'SUCCESS',
    ...(fields.refund_account && { refund_account }),
    ...(source !== 'API' && { source }),
    ...(fields.notify_url !== undefined && { notify_url: fields.notify_url }),
  }
  tradeStore.putRefund(refund)
  return acceptance(refund, trade)
}

function isRefundAccount(text: string): text is RefundAccount {
  return (REFUND_ACCOUNTS as readonly string[]).includes(text)
}

/** Returns the fen of the refunds that are not closed. */
function refundedFen(refunds: readonly Refund[], now: number): number {
  return refunds
    .filter((refund) => !isRefundClosed(refund, now))
    .reduce((sum, refund) => sum + refund.refund_fee, 0)
}

function acceptance(refund: Refund, trade: Trade): EndpointReply {
  return accept({
    transaction_id: trade.payment?.transaction_id ?? '',
    out_trade_no: trade._id,
    out_refund_no: refund._id,
    refund_id: refund.refund_id,
    refund_fee: `${refund.refund_fee}`,
    total_fee: `${trade.total_fee}`,
    cash_fee: `${trade.total_fee}`,
  })
}
