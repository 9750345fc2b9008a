import sdk from 'wx-server-sdk'
import type { Order } from '../../../../typings/contract'
import type {
  Changes,
  DuePage,
  GoodsPort,
  MessagesPort,
  OrdersPort,
  StoredGoods,
  WorkKind,
} from '../ports'
import { withTimeout } from './with-timeout'

/** ms that the database, or sending a message, may take. */
const DATABASE_LIMIT = 3000
const MESSAGE_LIMIT = 2000

/** What pay-message can say for sure of a message. */
const DEFINITE = ['sent', 'refused', 'later'] as const

/** The part of wx-server-sdk 4.0.2 that is used; its own types are too poor for strict TypeScript. */
interface Cloud {
  DYNAMIC_CURRENT_ENV: symbol
  init(options: { env: symbol }): void
  getWXContext(): { OPENID?: string; APPID?: string; SOURCE?: string }
  database(): {
    command: {
      set(value: object): unknown
      remove(): unknown
      gt(value: number | string): unknown
      lte(value: number): unknown
      neq(value: string): unknown
      nin(values: readonly unknown[]): unknown
      and(conditions: readonly unknown[]): object
      or(conditions: readonly unknown[]): object
    }
    collection(name: string): Collection
  }
  callFunction(call: { name: string; data: object }): Promise<{ result?: unknown }>
}

interface Query {
  orderBy(field: string, direction: 'asc' | 'desc'): Query
  limit(count: number): Query
  get(): Promise<{ data: unknown[] }>
  count(): Promise<{ total: number }>
  update(option: { data: object }): Promise<{ stats: { updated: number } }>
}

interface Collection {
  where(condition: object): Query
  add(option: { data: object }): Promise<unknown>
}

const cloud = sdk as unknown as Cloud
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/**
 * Who calls. Must be read before the first await of an invocation: the platform keeps it in the
 * process's environment.
 */
export function caller(): Caller {
  const { OPENID, APPID, SOURCE } = cloud.getWXContext()
  return {
    openid: OPENID || undefined,
    appid: APPID || undefined,
    sources: SOURCE ? SOURCE.split(',') : [],
  }
}

export interface Caller {
  openid: string | undefined
  appid: string | undefined
  /** how the call came about, the first caller first: `wx_client`, `scf`, `wx_trigger`, … */
  sources: string[]
}

/** True when no shopper and no other function had a hand in this call: the platform itself calls. */
export function isPlatform({ openid, sources }: Caller): boolean {
  const others = ['wx_client', 'wx_devtools', 'scf']
  return openid === undefined && !sources.some((source) => others.includes(source))
}

export function cloudGoods(): GoodsPort {
  const goods = cloud.database().collection('goods')
  return {
    async get(goods_id) {
      const found = await withTimeout(DATABASE_LIMIT, goods.where({ _id: goods_id }).limit(1).get())
      return found.data[0] as StoredGoods | undefined
    },
  }
}

/**
 * The orders of one shopper, every read and write naming the owner; of all shoppers when `owner` is
 * empty.
 */
export function cloudOrders(owner: { _openid?: string }): OrdersPort {
  const database = cloud.database()
  const { command } = database
  const orders = database.collection('orders')

  // A row whose status is none of these is among the rest.
  const kinds: Readonly<Record<WorkKind, object>> = {
    closing: { status: 0 },
    refund: { status: 3 },
    message: { status: command.nin([0, 3]), 'message.state': 'owed' },
    rest: { status: command.nin([0, 3]), 'message.state': command.neq('owed') },
  }

  /** The rows behind `last`, in the order of next_check_at and _id. */
  const behind = ({ next_check_at, _id }: NonNullable<DuePage['after']>) =>
    command.or([
      { next_check_at: command.gt(next_check_at ?? 0) },
      { next_check_at, _id: command.gt(_id) },
    ])

  /** Plain nested objects would be merged field by field: `set` replaces them whole. */
  const written = (changes: Changes) =>
    Object.fromEntries(
      Object.entries(changes).map(([name, value]) => {
        if (value === undefined) return [name, command.remove()]
        return [name, typeof value === 'object' ? command.set(value) : value]
      }),
    )

  return {
    async get(out_trade_no) {
      const mine = orders.where({ _id: out_trade_no, ...owner })
      const found = await withTimeout(DATABASE_LIMIT, mine.limit(1).get())
      return found.data[0] as Order | undefined
    },
    async add(order) {
      await withTimeout(DATABASE_LIMIT, orders.add({ data: order }))
    },
    async compareAndSet({ _id, rev }, changes) {
      const unchanged = orders.where({ _id, rev, ...owner })
      const { stats } = await withTimeout(
        DATABASE_LIMIT,
        unchanged.update({ data: written(changes) }),
      )
      return stats.updated === 1
    },
    async countUnpaid() {
      return (await withTimeout(DATABASE_LIMIT, orders.where({ ...owner, status: 0 }).count()))
        .total
    },
    async due({ kind, now, limit, after, without }) {
      const conditions = [
        { ...owner, ...kinds[kind], next_check_at: command.lte(now) },
        ...(after ? [behind(after)] : []),
        ...(without.length > 0 ? [{ _openid: command.nin(without) }] : []),
      ]
      const due = orders.where(command.and(conditions))
      const sorted = due.orderBy('next_check_at', 'asc').orderBy('_id', 'asc')
      return (await withTimeout(DATABASE_LIMIT, sorted.limit(limit).get())).data as Order[]
    },
  }
}

export function cloudMessages(): MessagesPort {
  return {
    async send({ _openid, out_trade_no, body, total_fee, paid_at }) {
      const data = { touser: _openid, out_trade_no, body, total_fee, paid_at }
      try {
        const call = cloud.callFunction({ name: 'pay-message', data })
        const { result } = await withTimeout(MESSAGE_LIMIT, call)
        const { outcome } = Object(result) as { outcome?: unknown }
        return DEFINITE.find((known) => known === outcome) ?? 'unknown'
      } catch {
        return 'unknown'
      }
    },
  }
}
