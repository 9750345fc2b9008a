import type { SlidingSecond } from '../sliding-second'
import type { Fields } from '../xml'
import type { Books } from './books'
import type { Trade } from './entities'
import type { Funds } from './funds'
import type { Digits } from './numbers'
import type { RuleSettings } from './settings'

/** What a rule of the ledger needs to know besides the request. */
export interface LedgerContext {
  books: Books
  /** the time in ms since 1970 */
  now: () => number
  digits: Digits
  /** whether the openid belongs to the merchant's appid */
  knowsOpenid: (openid: string) => boolean
  funds: Funds
  settings: Readonly<RuleSettings>
  /** the erroneous refund requests of the last second; a restart forgets them */
  erroneousRefunds: SlidingSecond
}

/** The trade that a request names: a transaction_id counts before an out_trade_no. */
export function namedTrade(fields: Fields, books: Books): Trade | undefined {
  return fields.transaction_id
    ? books.tradeByTransactionId(fields.transaction_id)
    : books.trade(fields.out_trade_no ?? '')
}

/** An amount in fen as the gateway takes it: a whole number of at least 1. */
export function parseFen(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : undefined
}
