import type { Clock } from '../../kit/clock'
import type { Store } from '../../kit/store'
import type { EndpointReply } from '../endpoint-reply'
import { SlidingSecond } from '../sliding-second'
import type { LedgerContext } from './context'
import type { PayingAttempt, Refund, RefundOutcome, Trade } from './entities'
import { Funds } from './funds'
import { type Digits, randomDigits } from './numbers'
import { pay, payable, revoke, setAttempt, type Unpayable } from './payment'
import { refundByHand, type RefundByHand } from './refund'
import { changedRules, DEFAULT_RULES, type LedgerSettings, type RuleSettings } from './settings'
import { TradeStore } from './trade-store'

export type { LedgerSettings } from './settings'

/** The settings may be left out; see LedgerSettings for their defaults. */
export interface LedgerOptions extends Partial<LedgerSettings> {
  /** holds `trades`, `refunds` and `funds`, which only the ledger may write */
  store: Store
  clock: Clock
  /** returns the digits of WeChat's numbers; random when absent */
  digits?: Digits
  /** whether an openid belongs to the merchant's appid; every openid does when absent */
  openids?: (openid: string) => boolean
}

/**
 * Keeps the merchant's trades and refunds, and applies the actions of the payer and of the merchant
 * platform to them. The endpoints of the API work on its `context`.
 */
export class Ledger {
  /** the state that the rules of the API work on */
  readonly context: LedgerContext
  readonly #rules: RuleSettings

  constructor(options: LedgerOptions) {
    const tradeStore = new TradeStore(options.store)
    const funds = new Funds(options.store, tradeStore)
    funds.open(options, options.clock.now())
    this.#rules = changedRules(DEFAULT_RULES, options)
    this.context = {
      tradeStore,
      funds,
      now: () => options.clock.now(),
      digits: options.digits ?? randomDigits,
      knowsOpenid: options.openids ?? (() => true),
      settings: this.#rules,
      erroneousRefunds: new SlidingSecond(),
    }
  }

  /** The current settings; the funds include payments and refunds. */
  get settings(): Readonly<LedgerSettings> {
    const { funds, now } = this.context
    return { ...this.#rules, ...funds.balances(now()) }
  }

  /**
   * Changes the given settings. The funds are stored: after a restart they take precedence over
   * those given to the new ledger. The other settings are in memory only.
   */
  set(changes: Partial<LedgerSettings>): void {
    const { funds, now } = this.context
    Object.assign(this.#rules, changedRules(this.#rules, changes))
    funds.set(changes, now())
  }

  /** Refunds as a person in the merchant platform does, where no rate limit applies. */
  refundByHand(request: RefundByHand): EndpointReply {
    return refundByHand(request, this.context)
  }

  /**
   * Returns the trade that `openid` can pay now with `prepay_id`, or the reason why there is none.
   */
  payable(prepay_id: string, openid: string): Trade | Unpayable {
    return payable(prepay_id, openid, this.context)
  }

  /** Pays the trade that `openid` can pay with `prepay_id`; a paid trade cannot be paid again. */
  pay(prepay_id: string, openid: string): Trade | Unpayable {
    const found = this.payable(prepay_id, openid)
    return 'reason' in found ? found : pay(found, this.context)
  }

  /** Begins to pay: the trade is USERPAYING. */
  beginPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, 'USERPAYING')
  }

  /** Fails the payment: the trade is PAYERROR, until the payer tries again. */
  failPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, 'PAYERROR')
  }

  /** Cancels the payment before it is confirmed: the trade is NOTPAY again. */
  cancelPaying(prepay_id: string, openid: string): Trade | Unpayable {
    return this.#attempt(prepay_id, openid, undefined)
  }

  /**
   * Revokes an unpaid trade for good, as the merchant or WeChat does.
   * @throws Error when there is no such trade, or it is paid or closed
   */
  revoke(out_trade_no: string): void {
    revoke(out_trade_no, this.context)
  }

  /** Returns every trade, oldest first. */
  trades(): Trade[] {
    return this.context.tradeStore.trades()
  }

  trade(out_trade_no: string): Trade | undefined {
    return this.context.tradeStore.trade(out_trade_no)
  }

  /** Returns every refund accepted for the trade, oldest first. */
  refunds(out_trade_no: string): Refund[] {
    return this.context.tradeStore.refundsOf(out_trade_no)
  }

  /**
   * Sets the outcome of the trade's refunds that are requested from now on.
   * @throws Error when there is no such trade
   */
  setRefundOutcome(out_trade_no: string, refund_outcome: RefundOutcome): void {
    const trade = this.trade(out_trade_no)
    if (!trade) throw new Error(`there is no trade ${out_trade_no}`)
    this.context.tradeStore.putTrade({ ...trade, refund_outcome })
  }

  /**
   * Ends a refund now, even one that ended with another outcome, as when a person resolves a CHANGE.
   * @throws Error when there is no such refund
   */
  endRefund(out_refund_no: string, outcome: RefundOutcome): void {
    const { tradeStore, now } = this.context
    const known = tradeStore.refund(out_refund_no)
    if (!known) throw new Error(`there is no refund ${out_refund_no}`)
    tradeStore.putRefund({ ...known, outcome, settles_at: now() })
  }

  #attempt(
    prepay_id: string,
    openid: string,
    attempt: PayingAttempt | undefined,
  ): Trade | Unpayable {
    const found = this.payable(prepay_id, openid)
    return 'reason' in found ? found : setAttempt(found, attempt, this.context)
  }
}
