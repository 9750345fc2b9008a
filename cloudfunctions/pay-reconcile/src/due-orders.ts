import type { Order } from '../../../typings/contract'
import type { Ports, WorkKind } from '../../pay/src/ports'

/** How many orders one query returns. */
const PAGE = 100

/** How many orders of one shopper are returned before the orders of all other shoppers. */
const SHARE = 20

/**
 * Reads the due orders of one kind, the longest due first. Returns each order once per run, so that
 * one that cannot be leased does not block the others. Of a shopper with many orders it returns a
 * share first, and the others after all other shoppers' orders.
 */
export class DueOrders {
  readonly #ports: Ports
  readonly #kind: WorkKind
  /** ms: orders that become due later are left to the next run */
  readonly #now: number
  #page: Order[] = []
  #after: Order | undefined
  /** how many orders of each shopper were read; undefined once the shares no longer apply */
  #shares: Map<string, number> | undefined = new Map()
  /** the orders that were read */
  readonly #seen = new Set<string>()
  #isOver = false
  #reading: Promise<void> | undefined

  constructor(ports: Ports, kind: WorkKind) {
    this.#ports = ports
    this.#kind = kind
    this.#now = ports.now()
  }

  /**
   * Returns the next order; undefined if there is none.
   * @throws the database's error, once: after that this run gets no more orders of this kind
   */
  async next(): Promise<Order | undefined> {
    for (;;) {
      const order = this.#page.shift()
      if (order || this.#isOver) return order
      // Concurrent callers wait for the same page.
      if (this.#reading) await this.#reading.catch(() => {})
      else await this.#readOnce()
    }
  }

  async #readOnce(): Promise<void> {
    this.#reading = this.#read()
    try {
      await this.#reading
    } catch (error) {
      this.#isOver = true
      throw error
    } finally {
      this.#reading = undefined
    }
  }

  async #read(): Promise<void> {
    const without = [...(this.#shares ?? [])].flatMap(([openid, n]) => (n > SHARE ? openid : []))
    const rows = await this.#ports.orders.due({
      kind: this.#kind,
      now: this.#now,
      limit: PAGE,
      after: this.#after,
      without,
    })
    this.#page = rows.filter((row) => !this.#seen.has(row._id) && this.#isInShare(row))
    for (const { _id } of this.#page) this.#seen.add(_id)
    this.#after = rows.at(-1)
    if (rows.length === PAGE) return
    const hasMore = [...(this.#shares?.values() ?? [])].some((n) => n > SHARE)
    this.#isOver = !hasMore
    // Start again from the first order, now without shares.
    this.#after = undefined
    this.#shares = undefined
  }

  /** Counts the order. Returns whether it is within its shopper's share. */
  #isInShare({ _openid }: Order): boolean {
    if (!this.#shares) return true
    const n = (this.#shares.get(_openid) ?? 0) + 1
    this.#shares.set(_openid, n)
    return n <= SHARE
  }
}
