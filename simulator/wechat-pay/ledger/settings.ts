/**
 * The settings of the gateway's behaviour, given to a new Ledger or changed with `ledger.set`. Times
 * are ms of the simulated clock, money is integer fen.
 */
export interface LedgerSettings {
  /** ms that a refund accepted from now on is PROCESSING; 3000 by default */
  refundSettlesAfterMs: number
  /**
   * What orderquery returns for a trade whose state is not SUCCESS. `bare`, the default and what
   * WeChat documents: out_trade_no, attach and the state. `full`: also the price, and for a trade in
   * REFUND the payment.
   */
  queryReplies: 'bare' | 'full'
  /**
   * ms after an accepted closeorder during which orderquery still shows the state from before it
   * (NOTPAY), though the trade can no longer be paid; 0 by default
   */
  closeShowsAfterMs: number
  /**
   * Fen in the merchant's unsettled funds now: payments add to them, and refunds take from them unless
   * their refund_account is another. Infinity by default.
   */
  unsettledFunds: number
  /**
   * Fen in the merchant's available balance now: only a refund whose refund_account is
   * REFUND_SOURCE_RECHARGE_FUNDS takes from it. Infinity by default.
   */
  availableBalance: number
  /** ms between two refunds of one trade that the API accepts; 60000 by default, 0 for no limit */
  refundIntervalMs: number
  /**
   * How many erroneous refund requests within a second make the API refuse all of them; 6 by
   * default, Infinity for no limit
   */
  erroneousRefundsPerSecond: number
}

/** The settings that are money; the store keeps them. */
export type FundsSettings = Pick<LedgerSettings, 'unsettledFunds' | 'availableBalance'>

/** The settings that are in memory only. */
export type RuleSettings = Omit<LedgerSettings, keyof FundsSettings>

export const DEFAULT_RULES: Readonly<RuleSettings> = {
  refundSettlesAfterMs: 3000,
  queryReplies: 'bare',
  closeShowsAfterMs: 0,
  refundIntervalMs: 60_000,
  erroneousRefundsPerSecond: 6,
}

/** Returns `rules` with those of `changes` that are given and are rules. */
export function changedRules(
  rules: Readonly<RuleSettings>,
  changes: Partial<RuleSettings>,
): RuleSettings {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in DEFAULT_RULES && value !== undefined,
  )
  return { ...rules, ...Object.fromEntries(given) }
}
