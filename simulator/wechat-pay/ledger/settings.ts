/**
 * What can be chosen of the gateway's behaviour: when a ledger is made, and at any time later with
 * `ledger.set`. Times are ms of the simulated clock, money is integer fen.
 */
export interface LedgerSettings {
  /** ms that a refund accepted from now on is PROCESSING; 3000 by default */
  refundSettlesAfterMs: number
  /**
   * What orderquery says of a trade whose state is not SUCCESS. `bare`, the default and what WeChat
   * documents: out_trade_no, attach and the state alone. `full`: also the price, and for a trade in
   * REFUND who paid it and how.
   */
  queryReplies: 'bare' | 'full'
  /**
   * ms after an accepted closeorder during which orderquery still shows the state from before it
   * (NOTPAY), though the trade cannot be paid any more; 0 by default
   */
  closeShowsAfterMs: number
  /**
   * Fen in the merchant's unsettled funds now: payments add to them, a refund takes from them unless
   * its refund_account says otherwise. Infinity by default.
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
   * How many erroneous refund requests the API takes within a second before it refuses them all; 6
   * by default, Infinity for no limit
   */
  erroneousRefundsPerSecond: number
}

/** The settings that are money, and therefore kept in the store. */
export type FundsSettings = Pick<LedgerSettings, 'unsettledFunds' | 'availableBalance'>

/** The settings that last as long as the ledger is in memory. */
export type RuleSettings = Omit<LedgerSettings, keyof FundsSettings>

export const defaultRules: Readonly<RuleSettings> = {
  refundSettlesAfterMs: 3000,
  queryReplies: 'bare',
  closeShowsAfterMs: 0,
  refundIntervalMs: 60_000,
  erroneousRefundsPerSecond: 6,
}

/** `rules` with those of `changes` that are rules and given. */
export function changedRules(
  rules: Readonly<RuleSettings>,
  changes: Partial<RuleSettings>,
): RuleSettings {
  const given = Object.entries(changes).filter(
    ([name, value]) => name in defaultRules && value !== undefined,
  )
  return { ...rules, ...Object.fromEntries(given) }
}
