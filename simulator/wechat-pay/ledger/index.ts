import type { Clock } from '../../clock'
import type { Store } from '../../store'
import type { Answer } from '../answer'
import type { Fields } from '../xml'
import { Books } from './books'
import { closeorder } from './closeorder'
import { type Refund, type RefundOutcome, type Trade } from './entities'
import { type Digits, randomDigits } from './numbers'
import { orderquery } from './orderquery'
import { pay, payable, type Unpayable } from './payment'
import { refund } from './refund'
import { refundquery } from './refundquery'
import { unifiedorder } from './unifiedorder'
import type { World } from './world'

export interface LedgerOptions {
  store: Store
  clock: Clock
  /** where the digits of WeChat's numbers come from; random when absent */
  digits?: Digits
  /** whether an openid belongs to the merchant's appid; every openid does when absent */
  openids?: (openid: string) => boolean
  /** how long an accepted refund is PROCESSING, 3000 ms when absent */
  refundSettlesAfterMs?: number
}

/**
 * The merchant's trades and refunds and the rules of WeChat Pay V2 about them, without sockets,
 * XML and signatures. The services take the parameters of a request; those that the signature and
 * the merchant's account are about (appid, mch_id, nonce_str, sign) are not looked at.
 */
export class Ledger {
  readonly #world: World

  constructor(options: LedgerOptions) {
    this.#world = {
      books: new Books(options.store),
      now: () => options.clock.now(),
      digits: options.digits ?? randomDigits,
      knowsOpenid: options.openids ?? (() => true),
      refundSettlesAfterMs: options.refundSettlesAfterMs ?? 3000,
    }
  }

  unifiedorder(fields: Fields): Answer {
    return unifiedorder(fields, this.#world)
  }

  orderquery(fields: Fields): Answer {
    return orderquery(fields, this.#world)
  }

  closeorder(fields: Fields): Answer {
    return closeorder(fields, this.#world)
  }

  refund(fields: Fields): Answer {
    return refund(fields, this.#world)
  }

  refundquery(fields: Fields): Answer {
    return refundquery(fields, this.#world)
  }

  /** The trade that `openid` can pay now with `prepay_id`, or why not. */
  payable(prepay_id: string, openid: string): Trade | Unpayable {
    return payable(prepay_id, openid, this.#world)
  }

  /** Pays with `prepay_id` for `openid`, once: a paid trade is not `payable` any more. */
  pay(prepay_id: string, openid: string): Trade | Unpayable {
    const found = this.payable(prepay_id, openid)
    return 'reason' in found ? found : pay(found, this.#world)
  }

  /** Every trade, oldest first. */
  trades(): Trade[] {
    return this.#world.books.trades()
  }

  trade(out_trade_no: string): Trade | undefined {
    return this.#world.books.trade(out_trade_no)
  }

  /** Every refund ever accepted for the trade, oldest first. */
  refunds(out_trade_no: string): Refund[] {
    return this.#world.books.refundsOf(out_trade_no)
  }

  /**
   * Decides how the refunds that will be asked for the trade from now on end.
   * @throws Error when there is no such trade
   */
  setRefundOutcome(out_trade_no: string, refund_outcome: RefundOutcome): void {
    const trade = this.trade(out_trade_no)
    if (!trade) throw new Error(`there is no trade ${out_trade_no}`)
    this.#world.books.putTrade({ ...trade, refund_outcome })
  }

  /**
   * Settles a refund now, also one that had settled otherwise (a person dealt with a CHANGE).
   * @throws Error when there is no such refund
   */
  settleRefund(out_refund_no: string, outcome: RefundOutcome): void {
    const { books, now } = this.#world
    const known = books.refund(out_refund_no)
    if (!known) throw new Error(`there is no refund ${out_refund_no}`)
    books.putRefund({ ...known, outcome, settles_at: now() })
  }
}
