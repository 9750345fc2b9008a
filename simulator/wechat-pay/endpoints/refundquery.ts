import { formatReadableTime } from '../beijing-time'
import { accept, fail, refuse } from '../endpoint-reply'
import { namedTrade } from '../ledger/context'
import { type Refund, refundStatus } from '../ledger/entities'
import type { TradeStore } from '../ledger/trade-store'
import type { Fields } from '../xml'
import { type Endpoint, TRADE_NUMBERS } from './endpoint'

const PAGE_SIZE = 10

/**
 * Returns the named refund, or the refunds of the named trade: 10 per page, starting at `offset`.
 * The fields of the n-th refund in the reply end in `_n`, counted from 0. The reply has the total
 * count only when the request has an `offset`.
 */
export const refundquery: Endpoint = {
  path: '/pay/refundquery',
  certificate: false,
  required: {},
  oneOf: { refund_id: 32, out_refund_no: 64, ...TRADE_NUMBERS },
  optional: { offset: 11 },

  reply(fields, { tradeStore, now }) {
    if (!/^\d*$/.test(fields.offset ?? '')) return fail('invalid offset')
    const offset = Number(fields.offset ?? 0)
    const refunds = namedRefunds(fields, tradeStore)
    const page = refunds.slice(offset, offset + PAGE_SIZE)
    const trade = tradeStore.trade(page[0]?.out_trade_no ?? '')
    if (!trade) return refuse('REFUNDNOTEXIST', 'not exist')
    return accept({
      transaction_id: trade.payment?.transaction_id ?? '',
      out_trade_no: trade._id,
      total_fee: `${trade.total_fee}`,
      cash_fee: `${trade.total_fee}`,
      ...(fields.offset && { total_refund_count: `${refunds.length}` }),
      refund_count: `${page.length}`,
      ...Object.assign({}, ...page.map((refund, n) => refundFields(refund, n, now()))),
    })
  },
}

/**
 * Returns refunds by the documented priority: refund_id, out_refund_no, transaction_id,
 * out_trade_no.
 */
function namedRefunds(fields: Fields, tradeStore: TradeStore): Refund[] {
  if (fields.refund_id || fields.out_refund_no) {
    const refund = fields.refund_id
      ? tradeStore.refundById(fields.refund_id)
      : tradeStore.refund(fields.out_refund_no ?? '')
    return refund ? [refund] : []
  }
  return tradeStore.refundsOf(namedTrade(fields, tradeStore)?._id ?? '')
}

function refundFields(refund: Refund, n: number, now: number): Fields {
  const status = refundStatus(refund, now)
  return {
    [`out_refund_no_${n}`]: refund._id,
    [`refund_id_${n}`]: refund.refund_id,
    [`refund_channel_${n}`]: 'ORIGINAL',
    [`refund_fee_${n}`]: `${refund.refund_fee}`,
    [`refund_status_${n}`]: status,
    // WeChat misspells this name
    [`refund_recv_accout_${n}`]: '支付用户零钱',
    ...(status === 'SUCCESS' && {
      [`refund_success_time_${n}`]: formatReadableTime(refund.settles_at),
    }),
  }
}
