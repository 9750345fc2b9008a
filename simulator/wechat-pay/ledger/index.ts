import type { Clock } from '../../kit/clock'
import type { Store } from '../../kit/store'
import type { Answer } from '../answer'
import { SlidingSecond } from '../sliding-second'
import type { Fields } from '../xml'
import { Books } from './books'
import { closeorder } from './closeorder'
import type { PayingAttempt, Refund, RefundOutcome, Trade } from './entities'
import { Funds } from './funds'
import { type Digits, randomDigits } from './numbers'
import { orderquery } from './orderquery'
import { pay, payable, revoke, setAttempt, type Unpayable } from './payment'
import { refund, refundByHand, type RefundByHand } from './refund'
import { refundquery } from './refundquery'
import { changedRules, defaultRules, type LedgerSettings } from './settings'
import { unifiedorder } from './unifiedorder'
import type { LedgerContext } from './context'

export type { LedgerSettings } from './settings'

/** The settings may be left out; see LedgerSettings for their defaults. */
export interface LedgerOptions extends Partial<LedgerSettings> {
  /** holds `trades`, `refunds` and `funds`, which nobody else may write */
  store: Store
  clock: Clock
  /** where the digits of WeChat's numbers come from; random when absent */
  digits?: Digits
  /** whether an openid belongs to the merchant's appid; every openid does when absent */
  openids?: (openid: string) => boolean
}

/**
 * The merchant's trades and refunds and the rules of WeChat Pay V2 about them, without sockets,
 * XML and signatures. The services take the parameters of a request; those that the signature and
 * the merchant's account are about (appid, mch_id, nonce_str, sign) are not looked at.
 */
export class Ledger {
  readonly #context: LedgerContext

  constructor(options: LedgerOptions) {
    const books = new Books(options.store)
    const funds = new Funds(options.store, books)
    funds.open(options, options.clock.now())
    this.#context = {
      books,
      funds,
      now: () => options.clock.now(),
      digits: options.digits ?? randomDigits,
      knowsOpenid: options.openids ?? (() => true),
      settings: changedRules(defaultRules, options),
      erroneousRefunds: new SlidingSecond(),
    }
  }

  /** The settings as they are now; the funds are what payments and refunds have left in them. */
  get settings(): Readonly<LedgerSettings> {
    const { settings, funds, now } = this.#context
    return { ...settings, ...funds.balances(now()) }
  }

  /**
   * Changes the settings that are given, from now on. The funds survive a restart: the store's count
   * before those that a ledger is made with. The other settings last as long as this ledger.
   */
  set(changes: Partial<LedgerSettings>): void {
    const { settings, funds, now } = this.#context
    this.#context.settings = changedRules(settings, changes)
    funds.set(changes, now())
  }

  unifiedorder(fields: Fields): Answer {
    return unifiedorder(fields, this.#context)
  }

  orderquery(fields: Fields): Answer {
    return orderquery(fields, this.#context)
  }

  closeorder(fields: Fields): Answer {
    return closeorder(fields, this.#context)
  }

  refund(fields: Fields): Answer {
    return refund(fields, this.#context)
  }

  /** Refunds as a person does in the merchant platform, where no limit of frequency applies. */
  refundByHand(asked: RefundByHand): Answer {
    return refundByHand(asked, this.#context)
  }

  refundquery(fields: Fields): Answer {
    return refundquery(fields, this.#context)
  }

  /** The trade that `openid` can pay now with `prepay_id`, or why not. */
  payable(prepay_id: string, openid: string): Trade | Unpayable {
    return payable(prepay_id, openid, this.#context)
  }

  /** Pays with `prepay_id` for `openid`, once: a paid trade is not `payable` any more. */
  pay(prepay_id: string, openid: string): Trade | Unpayable {
    const found = this.payable(prepay_id, openid)
    return 'reason' in found ? found : pay(found, this.#context)
  }

  /** The payer begins to pay what is `payable`: the trade is USERPAYING. */
  beginPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, 'USERPAYING')
  }

  /** The payment fails, for lack of money or at the bank: PAYERROR, until it is tried again. */
  failPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, 'PAYERROR')
  }

  /** The payer gives up before confirming: NOTPAY, as before `beginPaying`. */
  cancelPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, undefined)
  }

  /**
   * The merchant or WeChat revokes an unpaid trade: it is REVOKED for good.
   * @throws Error when there is no such trade, or it is paid or closed
   */
  revoke(out_trade_no: string): void {
    revoke(out_trade_no, this.#context)
  }

  /** Every trade, oldest first. */
  trades(): Trade[] {
    return this.#context.books.trades()
  }

  trade(out_trade_no: string): Trade | undefined {
    return this.#context.books.trade(out_trade_no)
  }

  /** Every refund ever accepted for the trade, oldest first. */
  refunds(out_trade_no: string): Refund[] {
    return this.#context.books.refundsOf(out_trade_no)
  }

  /**
   * Decides how the refunds that will be asked for the trade from now on end.
   * @throws Error when there is no such trade
   */
  setRefundOutcome(out_trade_no: string, refund_outcome: RefundOutcome): void {
    const trade = this.trade(out_trade_no)
    if (!trade) throw new Error(`there is no trade ${out_trade_no}`)
    this.#context.books.putTrade({ ...trade, refund_outcome })
  }

  /**
   * Settles a refund now, also one that had settled otherwise (a person dealt with a CHANGE).
   * @throws Error when there is no such refund
   */
  settleRefund(out_refund_no: string, outcome: RefundOutcome): void {
    const { books, now } = this.#context
    const known = books.refund(out_refund_no)
    if (!known) throw new Error(`there is no refund ${out_refund_no}`)
    books.putRefund({ ...known, outcome, settles_at: now() })
  }

  #attempt(
    prepay_id: string,
    openid: string,
    attempt: PayingAttempt | undefined,
  ): Trade | Unpayable {
    const found = this.payable(prepay_id, openid)
    return 'reason' in found ? found : setAttempt(found, attempt, this.#context)
  }
}
