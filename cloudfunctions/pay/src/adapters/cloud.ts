import sdk from 'wx-server-sdk'
import type { Order } from '../../../../typings/contract'
import { STATUS } from '../order'
import type {
  Changes,
  DuePage,
  GoodsPort,
  MessagesPort,
  OrdersPort,
  StoredGoods,
  WorkKind,
} from '../ports'
import { publishError } from '../publish-error'
import { withTimeout } from './with-timeout'

/** How long (ms) the database, or sending a message, may take. */
const DATABASE_LIMIT = 3000
const MESSAGE_LIMIT = 2000

/** The definite outcomes that pay-message returns. */
const DEFINITE = ['sent', 'refused', 'later'] as const

/** The part of wx-server-sdk 4.0.2 that is used. Its own types are too loose for strict TypeScript. */
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
 * Returns who calls. Must be called before the first await of an invocation: the platform stores the
 * caller in the process's environment.
 */
export function caller(): Caller {
  const { OPENID, APPID, SOURCE } = cloud.getWXContext()
  return {
    openid: OPENID || undefined,
    appid: APPID || undefined,
    sources: SOURCE ? SOURCE.split(',') : [],
  }
}

/** Who calls a function, from the platform. */
export interface Caller {
  openid: string | undefined
  appid: string | undefined
  /** how the call came about, the first caller first: `wx_client`, `scf`, `wx_trigger`, … */
  sources: string[]
}

/** Returns whether the platform itself calls: no shopper and no other function is involved. */
export function isPlatform({ openid, sources }: Caller): boolean {
  const others = ['wx_client', 'wx_devtools', 'scf']
  return openid === undefined && !sources.some((source) => others.includes(source))
}

/** Creates the port for the goods. */
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
 * Creates the port for the orders of one shopper: every read and write has the owner in its
 * condition. An empty `owner` means all shoppers.
 */
export function cloudOrders(owner: { _openid?: string }): OrdersPort {
  const database = cloud.database()
  const { command } = database
  const orders = database.collection('orders')

  // Rows with any other status belong to `rest`.
  const kinds: Readonly<Record<WorkKind, object>> = {
    unpaid: { status: STATUS.UNPAID },
    refund: { status: STATUS.REFUNDING },
    message: { status: command.nin([STATUS.UNPAID, STATUS.REFUNDING]), 'message.state': 'owed' },
    rest: {
      status: command.nin([STATUS.UNPAID, STATUS.REFUNDING]),
      'message.state': command.neq('owed'),
    },
  }

  /** The rows that follow a row, in the order of next_check_at, then _id. */
  const rowsAfter = ({ next_check_at, _id }: NonNullable<DuePage['after']>) =>
    command.or([
      { next_check_at: command.gt(next_check_at ?? 0) },
      { next_check_at, _id: command.gt(_id) },
    ])

  /** The database merges a plain nested object field by field: `set` replaces all of it. */
  const toUpdate = (changes: Changes) =>
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
        unchanged.update({ data: toUpdate(changes) }),
      )
      return stats.updated === 1
    },
    async countUnpaid() {
      return (
        await withTimeout(DATABASE_LIMIT, orders.where({ ...owner, status: STATUS.UNPAID }).count())
      ).total
    },
    async due({ kind, now, limit, after, without }) {
      const conditions = [
        { ...owner, ...kinds[kind], next_check_at: command.lte(now) },
        ...(after ? [rowsAfter(after)] : []),
        ...(without.length > 0 ? [{ _openid: command.nin(without) }] : []),
      ]
      const due = orders.where(command.and(conditions))
      const sorted = due.orderBy('next_check_at', 'asc').orderBy('_id', 'asc')
      return (await withTimeout(DATABASE_LIMIT, sorted.limit(limit).get())).data as Order[]
    },
  }
}

/** Creates the port for messages, which calls pay-message. */
export function cloudMessages(): MessagesPort {
  return {
    async send({ _openid, out_trade_no, body, total_fee, paid_at }) {
      const data = { touser: _openid, out_trade_no, body, total_fee, paid_at }
      try {
        const call = cloud.callFunction({ name: 'pay-message', data })
        const { result } = await withTimeout(MESSAGE_LIMIT, call)
        const { outcome } = Object(result) as { outcome?: unknown }
        return DEFINITE.find((known) => known === outcome) ?? 'unknown'
      } catch (error) {
        publishError(error)
        return 'unknown'
      }
    },
  }
}
