/**
 * The settings of the gateway's behaviour, given to a new Ledger or changed with `ledger.set`.
 * Times are ms of the simulated clock, money is integer fen.
 */
export interface LedgerSettings {
  /** how long (ms) a refund that is accepted from now on is PROCESSING; 3000 by default */
  refundEndsAfterMs: number
  /**
   * The fields that orderquery returns for a trade whose state is not SUCCESS. `bare`, the default
   * and WeChat's documented behaviour: out_trade_no, attach and the state. `full`: also the price,
   * and the payment of a trade in REFUND.
   */
  queryReplies: 'bare' | 'full'
  /**
   * How long (ms) after an accepted closeorder orderquery still returns the earlier state (NOTPAY),
   * though the trade can no longer be paid; 0 by default
   */
  closeShowsAfterMs: number
  /**
   * The current fen in the merchant's unsettled funds. Payments add to them, and refunds are taken
   * from them unless the request names another refund_account. Infinity by default.
   */
  unsettledFunds: number
  /**
   * The current fen in the merchant's available balance. Only a refund whose refund_account is
   * REFUND_SOURCE_RECHARGE_FUNDS is taken from it. Infinity by default.
   */
  availableBalance: number
  /**
   * the least ms between two accepted API refunds of one trade; 60000 by default, 0 for no limit
   */
  refundIntervalMs: number
  /**
   * How many erroneous refund requests within a second make the API refuse all of them; 6 by
   * default, Infinity for no limit
   */
  erroneousRefundsPerSecond: number
}

/** The settings that are amounts of money, which are stored. */
export type FundsSettings = Pick<LedgerSettings, 'unsettledFunds' | 'availableBalance'>

/** The settings that are in memory only. */
export type RuleSettings = Omit<LedgerSettings, keyof FundsSettings>

export const DEFAULT_RULES: Readonly<RuleSettings> = {
  refundEndsAfterMs: 3000,
  queryReplies: 'bare',
  closeShowsAfterMs: 0,
  refundIntervalMs: 60_000,
  erroneousRefundsPerSecond: 6,
}

/**
 * Returns `rules` updated with `changes`, ignoring undefined values and keys that are not rules.
 */
export function changedRules(
  rules: Readonly<RuleSettings>,
  changes: Partial<RuleSettings>,
): RuleSettings {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in DEFAULT_RULES && value !== undefined,
  )
  return { ...rules, ...Object.fromEntries(given) }
}
