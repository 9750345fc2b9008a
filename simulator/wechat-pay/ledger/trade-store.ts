import type { Store } from '../../kit/store'
import type { Refund, Trade } from './entities'

/**
 * Stores trades and refunds, and finds them by any of their numbers. The indexes are built from the
 * store at start; only this class may write the two collections.
 */
export class TradeStore {
  readonly #store: Store
  /** prepay_id and transaction_id → out_trade_no */
  readonly #tradeNumbers = new Map<string, string>()
  /** refund_id → out_refund_no */
  readonly #refundNumbers = new Map<string, string>()
  /** out_trade_no → its out_refund_no, oldest first */
  readonly #refundsOf = new Map<string, Set<string>>()

  constructor(store: Store) {
    this.#store = store
    for (const doc of store.values('trades')) this.#indexTrade(doc as Trade)
    for (const doc of store.values('refunds')) this.#indexRefund(doc as Refund)
  }

  trades(): Trade[] {
    return [...this.#store.values('trades')] as Trade[]
  }

  trade(out_trade_no: string): Trade | undefined {
    return this.#store.get('trades', out_trade_no) as Trade | undefined
  }

  tradeByTransactionId(transaction_id: string): Trade | undefined {
    const trade = this.trade(this.#tradeNumbers.get(transaction_id) ?? '')
    return trade?.payment?.transaction_id === transaction_id ? trade : undefined
  }

  /** Returns the trade whose newest prepay_id this is. */
  tradeByPrepayId(prepay_id: string): Trade | undefined {
    const trade = this.trade(this.#tradeNumbers.get(prepay_id) ?? '')
    return trade?.prepay_id === prepay_id ? trade : undefined
  }

  refund(out_refund_no: string): Refund | undefined {
    return this.#store.get('refunds', out_refund_no) as Refund | undefined
  }

  refundById(refund_id: string): Refund | undefined {
    return this.refund(this.#refundNumbers.get(refund_id) ?? '')
  }

  /** Returns every refund accepted for the trade, oldest first. */
  refundsOf(out_trade_no: string): Refund[] {
    return [...(this.#refundsOf.get(out_trade_no) ?? [])].map((number) => this.refund(number)!)
  }

  putTrade(trade: Trade): void {
    this.#store.put('trades', trade)
    this.#indexTrade(trade)
  }

  putRefund(refund: Refund): void {
    this.#store.put('refunds', refund)
    this.#indexRefund(refund)
  }

  #indexTrade(trade: Trade): void {
    this.#tradeNumbers.set(trade.prepay_id, trade._id)
    if (trade.payment) this.#tradeNumbers.set(trade.payment.transaction_id, trade._id)
  }

  #indexRefund(refund: Refund): void {
    this.#refundNumbers.set(refund.refund_id, refund._id)
    const numbers = this.#refundsOf.get(refund.out_trade_no) ?? new Set()
    this.#refundsOf.set(refund.out_trade_no, numbers.add(refund._id))
  }
}
