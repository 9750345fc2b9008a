import { type Answer, accept, fail, refuse } from '../answer'
import type { Fields } from '../xml'
import { type Refund, refundStatus, type Trade } from './entities'
import { refundId } from './numbers'
import { namedTrade, parseFen, type World } from './world'

const longestMs = 365 * 24 * 3600_000
const mostRefunds = 50

/**
 * Accepts a refund, which settles later. The same out_refund_no refunds once: asked for again it is
 * answered as the first time, also when it was closed meanwhile (assumed).
 */
export function refund(fields: Fields, world: World): Answer {
  const { books, now, digits } = world
  const total_fee = parseFen(fields.total_fee)
  const refund_fee = parseFen(fields.refund_fee)
  if (total_fee === undefined) return fail('invalid total_fee')
  if (refund_fee === undefined) return fail('invalid refund_fee')
  if (!/^[\w\-|*@]+$/.test(fields.out_refund_no ?? '')) return fail('invalid out_refund_no')

  const trade = namedTrade(fields, books)
  if (!trade) return refuse('ORDERNOTEXIST', '订单不存在')
  if (!trade.payment) return refuse('TRADE_STATE_ERROR', '订单状态错误')
  const known = books.refund(fields.out_refund_no ?? '')
  const sameAsBefore =
    !known || (known.out_trade_no === trade._id && known.refund_fee === refund_fee)
  if (total_fee !== trade.total_fee || !sameAsBefore) {
    return refuse('REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试')
  }
  if (known) return accepted(known, trade)

  if (now() > trade.payment.paid_at + longestMs) {
    return refuse('TRADE_OVERDUE', '订单已经超过退款期限')
  }
  const refunds = books.refundsOf(trade._id)
  const rest = trade.total_fee - committed(refunds, now())
  if (rest === 0) return refuse('ERROR', '订单已全额退款')
  if (refund_fee > rest) return refuse('REFUND_FEE_INVALID', '累计退款金额大于支付金额')
  if (refunds.length >= mostRefunds) return refuse('ERROR', '部分退款次数超过限制')

  const fresh: Refund = {
    _id: fields.out_refund_no ?? '',
    out_trade_no: trade._id,
    refund_id: refundId(now(), digits),
    refund_fee,
    settles_at: now() + world.refundSettlesAfterMs,
    outcome: trade.refund_outcome ?? 'SUCCESS',
    ...(fields.notify_url !== undefined && { notify_url: fields.notify_url }),
  }
  books.putRefund(fresh)
  return accepted(fresh, trade)
}

/** The fen that are on their way to the payer or arrived; a closed refund's are the merchant's again. */
function committed(refunds: readonly Refund[], now: number): number {
  return refunds
    .filter((refund) => refundStatus(refund, now) !== 'REFUNDCLOSE')
    .reduce((sum, refund) => sum + refund.refund_fee, 0)
}

function accepted(refund: Refund, trade: Trade): Answer {
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
