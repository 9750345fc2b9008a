import type { Store } from '../../kit/store'
import { DEFAULT_REFUND_ACCOUNT, isRefundClosed, type RefundAccount } from './entities'
import type { FundsSettings } from './settings'
import type { TradeStore } from './trade-store'

const ACCOUNTS: Readonly<Record<keyof FundsSettings, RefundAccount>> = {
  unsettledFunds: 'REFUND_SOURCE_UNSETTLED_FUNDS',
  availableBalance: 'REFUND_SOURCE_RECHARGE_FUNDS',
}

const NAMES = Object.keys(ACCOUNTS) as (keyof FundsSettings)[]

/**
 * Keeps the merchant's accounts: the opening balance of each, plus payments, minus refunds. Only
 * the opening balance is stored, in the collection `funds`, which only this class may write.
 * Payments and refunds are read from the store, so that a closed refund adds its money back without
 * a write.
 */
export class Funds {
  readonly #store: Store
  readonly #tradeStore: TradeStore

  constructor(store: Store, tradeStore: TradeStore) {
    this.#store = store
    this.#tradeStore = tradeStore
  }

  /** Returns the fen in the account at the time `now` (ms); Infinity when it was never set. */
  balance(account: RefundAccount, now: number): number {
    const opening = this.#openingBalance(account)
    return opening === undefined ? Infinity : opening + this.#netMovements(account, now)
  }

  balances(now: number): FundsSettings {
    return {
      unsettledFunds: this.balance(ACCOUNTS.unsettledFunds, now),
      availableBalance: this.balance(ACCOUNTS.availableBalance, now),
    }
  }

  /** Sets the given balances, in fen, at the time `now` (ms). */
  set(balances: Partial<FundsSettings>, now: number): void {
    for (const name of NAMES) {
      const fen = balances[name]
      if (fen === undefined) continue
      const account = ACCOUNTS[name]
      this.#store.put('funds', { _id: account, opening: fen - this.#netMovements(account, now) })
    }
  }

  /** Sets the balances that the store does not have from an earlier run. */
  open(balances: Partial<FundsSettings>, now: number): void {
    const unset = NAMES.filter((name) => this.#openingBalance(ACCOUNTS[name]) === undefined)
    this.set(Object.fromEntries(unset.map((name) => [name, balances[name]])), now)
  }

  #openingBalance(account: RefundAccount): number | undefined {
    return this.#store.get('funds', account)?.opening as number | undefined
  }

  /** Returns the payments into the account minus the refunds from it, in fen. */
  #netMovements(account: RefundAccount, now: number): number {
    let fen = 0
    for (const trade of this.#tradeStore.trades()) {
      if (trade.payment === undefined) continue
      if (account === 'REFUND_SOURCE_UNSETTLED_FUNDS') fen += trade.total_fee
      for (const refund of this.#tradeStore.refundsOf(trade._id)) {
        const from = refund.refund_account ?? DEFAULT_REFUND_ACCOUNT
        if (from === account && !isRefundClosed(refund, now)) fen -= refund.refund_fee
      }
    }
    return fen
  }
}
