import type {
  Changes,
  DuePage,
  GoodsPort,
  MessagesPort,
  OrdersPort,
  StoredGoods,
  WorkKind,
} from '../../../cloudfunctions/pay/src/ports'
import type { Database, Query } from '../../../simulator/cloudbase/database/database'
import type { Order } from '../../../typings/contract'
import type { Invocation } from './invocation'

/** Throws the error of wx-server-sdk for a database that did not reply. */
const lost = (): never => {
  throw Object.assign(new Error('the database did not reply'), { errCode: -501001 })
}

/** The same port as cloudGoods in pay/src/adapters/cloud.ts, without sockets. */
export function memoryGoods(database: Database, invocation: Invocation): GoodsPort {
  return {
    get: (goods_id) =>
      invocation.perform(
        'goods.get',
        () => database.find('goods', { query: { _id: goods_id }, limit: 1 })[0] as StoredGoods,
        lost,
      ),
  }
}

/** The same port as cloudOrders in pay/src/adapters/cloud.ts, without sockets. Documents are frozen. */
export function memoryOrders(
  database: Database,
  owner: { _openid?: string },
  invocation: Invocation,
): OrdersPort {
  const at = <T>(name: string, effect: () => T) =>
    invocation.perform(`orders.${name}`, effect, lost)
  return {
    get: (out_trade_no) =>
      at('get', () => {
        const query = { _id: out_trade_no, ...owner }
        return database.find('orders', { query, limit: 1 })[0] as Order | undefined
      }),
    add: (order) =>
      at('add', () => void database.insert('orders', [{ ...structuredClone(order) }])),
    compareAndSet: ({ _id, rev }, changes) =>
      at('compareAndSet', () => {
        const unchanged = { _id, rev, ...owner }
        return database.update('orders', unchanged, operators(changes), { multi: true }) === 1
      }),
    countUnpaid: () => at('countUnpaid', () => database.count('orders', { ...owner, status: 0 })),
    due: (page) =>
      at('due', () => {
        const { kind, now, limit, after, without } = page
        const conditions: Query[] = [
          { ...owner, ...KINDS[kind], next_check_at: { $lte: now } },
          { _openid: { $nin: without } },
          ...(after ? [behind(after)] : []),
        ]
        const order = { next_check_at: 1, _id: 1 } as const
        const due = database.find('orders', { query: { $and: conditions }, order, limit })
        return due as unknown as Order[]
      }),
  }
}

/** The same conditions as in pay/src/adapters/cloud.ts. */
const KINDS: Readonly<Record<WorkKind, Query>> = {
  unpaid: { status: 0 },
  refund: { status: 3 },
  message: { status: { $nin: [0, 3] }, 'message.state': 'owed' },
  rest: { status: { $nin: [0, 3] }, 'message.state': { $ne: 'owed' } },
}

const behind = ({ next_check_at, _id }: NonNullable<DuePage['after']>): Query => ({
  $or: [{ next_check_at: { $gt: next_check_at } }, { next_check_at, _id: { $gt: _id } }],
})

/** Translates changes to operators: `undefined` removes a field, an object replaces the whole old one. */
function operators(changes: Changes): Record<string, Record<string, unknown>> {
  const entries = Object.entries(structuredClone(changes))
  const set = entries.filter(([, value]) => value !== undefined)
  const unset = entries.filter(([, value]) => value === undefined)
  return {
    ...(set.length > 0 && { $set: Object.fromEntries(set) }),
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map(([name]) => [name, ''])) }),
  }
}

/** Delivers every message, unless the hook replaces WeChat's reply. */
export function memoryMessages(
  deliver: (order: Order) => void,
  invocation: Invocation,
): MessagesPort {
  return {
    send: (order) =>
      invocation.perform<Awaited<ReturnType<MessagesPort['send']>>>(
        'messages.send',
        () => {
          deliver(order)
          return 'sent'
        },
        () => 'unknown',
      ),
  }
}
