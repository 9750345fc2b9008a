import type { Order } from '../../../typings/contract'
import type { Ports, WorkKind } from '../../pay/src/ports'

/** How many orders one query brings. */
const PAGE = 100

/** How many orders of one shopper come before those of all others have come. */
const SHARE = 20

/**
 * The due orders of one kind, the longest due first. Each comes once a run, whatever becomes of it:
 * one that cannot be leased is in nobody's way. A shopper with many orders gets a share of them
 * first, and the rest when the other shoppers' orders have come.
 */
export class DueOrders {
  readonly #ports: Ports
  readonly #kind: WorkKind
  /** ms: what becomes due later is for the next run */
  readonly #now: number
  #page: Order[] = []
  #after: Order | undefined
  /** how many orders of each shopper have come; undefined once everyone had a share */
  #shares: Map<string, number> | undefined = new Map()
  /** the orders that have come */
  readonly #come = new Set<string>()
  #isOver = false
  #reading: Promise<void> | undefined

  constructor(ports: Ports, kind: WorkKind) {
    this.#ports = ports
    this.#kind = kind
    this.#now = ports.now()
  }

  /**
   * The next order; undefined when there is none.
   * @throws the database's error, once: there are no orders of this kind in this run any more
   */
  async next(): Promise<Order | undefined> {
    for (;;) {
      const order = this.#page.shift()
      if (order || this.#isOver) return order
      // Several callers wait for one page.
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
    this.#page = rows.filter((row) => !this.#come.has(row._id) && this.#hasShare(row))
    for (const { _id } of this.#page) this.#come.add(_id)
    this.#after = rows.at(-1)
    if (rows.length === PAGE) return
    const hasMore = [...(this.#shares?.values() ?? [])].some((n) => n > SHARE)
    this.#isOver = !hasMore
    // From the beginning again, now without shares.
    this.#after = undefined
    this.#shares = undefined
  }

  /** Counts the order; false when its shopper has had a share. */
  #hasShare({ _openid }: Order): boolean {
    if (!this.#shares) return true
    const n = (this.#shares.get(_openid) ?? 0) + 1
    this.#shares.set(_openid, n)
    return n <= SHARE
  }
}
