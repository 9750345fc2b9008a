import type { SlidingSecond } from '../sliding-second'
import type { Fields } from '../xml'
import type { Trade } from './entities'
import type { Funds } from './funds'
import type { Digits } from './numbers'
import type { RuleSettings } from './settings'
import type { TradeStore } from './trade-store'

/** Everything that a rule needs besides the request. */
export interface LedgerContext {
  readonly tradeStore: TradeStore
  /** Returns the time in ms since 1970. */
  readonly now: () => number
  readonly digits: Digits
  /** Returns whether the openid belongs to the merchant's appid. */
  readonly knowsOpenid: (openid: string) => boolean
  readonly funds: Funds
  readonly settings: Readonly<RuleSettings>
  /** the erroneous refund requests of the last second, in memory only */
  readonly erroneousRefunds: SlidingSecond
}

/** Returns the trade that a request names; its transaction_id takes precedence. */
export function namedTrade(fields: Fields, tradeStore: TradeStore): Trade | undefined {
  return fields.transaction_id
    ? tradeStore.tradeByTransactionId(fields.transaction_id)
    : tradeStore.trade(fields.out_trade_no ?? '')
}

/** Parses an amount in fen, an integer of at least 1; undefined when it is anything else. */
export function parseFen(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : undefined
}
