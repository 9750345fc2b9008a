import type { Store } from '../../kit/store'
import type { Books } from './books'
import { defaultRefundAccount, isOff, type RefundAccount } from './entities'
import type { FundsSettings } from './settings'

const accounts: Readonly<Record<keyof FundsSettings, RefundAccount>> = {
  unsettledFunds: 'REFUND_SOURCE_UNSETTLED_FUNDS',
  availableBalance: 'REFUND_SOURCE_RECHARGE_FUNDS',
}

const names = Object.keys(accounts) as (keyof FundsSettings)[]

/**
 * The merchant's money: what each account was set to, plus the payments and minus the refunds that
 * the ledger has. Only the former is stored, in the collection `funds`, which only this class may
 * write; a refund that closes thereby gives its money back by the clock alone.
 */
export class Funds {
  readonly #store: Store
  readonly #books: Books

  constructor(store: Store, books: Books) {
    this.#store = store
    this.#books = books
  }

  /** Fen in the account at the time `now` (ms); Infinity unless it was ever set. */
  balance(account: RefundAccount, now: number): number {
    const opening = this.#opening(account)
    return opening === undefined ? Infinity : opening + this.#moved(account, now)
  }

  balances(now: number): FundsSettings {
    return {
      unsettledFunds: this.balance(accounts.unsettledFunds, now),
      availableBalance: this.balance(accounts.availableBalance, now),
    }
  }

  /** From `now` (ms) on the accounts that are given hold so many fen. */
  set(balances: Partial<FundsSettings>, now: number): void {
    for (const name of names) {
      const fen = balances[name]
      if (fen === undefined) continue
      const account = accounts[name]
      this.#store.put('funds', { _id: account, opening: fen - this.#moved(account, now) })
    }
  }

  /** As `set`, without touching what the store has from an earlier start. */
  open(balances: Partial<FundsSettings>, now: number): void {
    const unset = names.filter((name) => this.#opening(accounts[name]) === undefined)
    this.set(Object.fromEntries(unset.map((name) => [name, balances[name]])), now)
  }

  #opening(account: RefundAccount): number | undefined {
    return this.#store.get('funds', account)?.opening as number | undefined
  }

  /** What the ledger's payments brought in less what its refunds took. */
  #moved(account: RefundAccount, now: number): number {
    let fen = 0
    for (const trade of this.#books.trades()) {
      if (trade.payment === undefined) continue
      if (account === 'REFUND_SOURCE_UNSETTLED_FUNDS') fen += trade.total_fee
      for (const refund of this.#books.refundsOf(trade._id)) {
        const from = refund.refund_account ?? defaultRefundAccount
        if (from === account && !isOff(refund, now)) fen -= refund.refund_fee
      }
    }
    return fen
  }
}
