import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import type { Order, OrderStatus } from '../../../typings/contract'
import type { Run, Simulation } from './simulation'

/** A money rule (1 to 8, docs: the money rules of the shop) that does not hold, and how. */
export interface Violation {
  rule: number
  what: string
}

/** The only ways of a status; the oracle's own copy, so that the shop's table can be wrong. */
const EDGES: readonly (readonly [OrderStatus, OrderStatus])[] = [
  [0, 1],
  [0, 2],
  [1, 3],
  [3, 4],
  [3, 1],
  [2, 3],
]

/** What is decided when an order is made and never changes. */
const FIXED = [
  '_id',
  '_openid',
  'out_trade_no',
  'goods_id',
  'body',
  'total_fee',
  'request',
] as const

/** What only WeChat can say: settle.ts alone writes it, in steps that are named after it. */
const FACTS = [
  'transaction_id',
  'bank_type',
  'trade_type',
  'paid_at',
  'paid_fee',
  'closed_at',
  'missing_since',
] as const

/** The rules that hold at every moment, whatever is under way. */
export function violationsNow(simulation: Simulation): Violation[] {
  return [
    ...amounts(simulation),
    ...intents(simulation),
    ...moves(simulation),
    ...payability(simulation),
    ...messages(simulation),
    ...strangers(simulation),
  ]
}

/** All eight rules, once WeChat has settled and two reconciling passes have reached every order. */
export function violationsAtRest(simulation: Simulation): Violation[] {
  return [...violationsNow(simulation), ...balances(simulation), ...endings(simulation)]
}

/** paid − refunded at WeChat; refunds count when they are SUCCESS. */
function balanceAtWeChat(simulation: Simulation, out_trade_no: string): number {
  const trade = simulation.ledger.trade(out_trade_no)
  if (!trade?.payment) return 0
  const refunded = simulation.ledger
    .refunds(out_trade_no)
    .filter((refund) => refundStatus(refund, simulation.clock.now()) === 'SUCCESS')
    .reduce((sum, { refund_fee }) => sum + refund_fee, 0)
  return trade.total_fee - refunded
}

/** What the order says was refunded: its own refund and those that the merchant made. */
function refundedHere({ refund, merchant_refunds }: Order): number {
  const own = refund?.state === 'SUCCESS' ? refund.refund_fee : 0
  return own + (merchant_refunds?.refunded ?? 0)
}

/** paid − refunded as the order says. */
const balanceHere = (order: Order): number => (order.paid_fee ?? 0) - refundedHere(order)

/** True for a refund that the merchant made in WeChat's platform. */
export const isByHand = (out_trade_no: string, out_refund_no: string) =>
  !out_refund_no.startsWith(`${out_trade_no}-`)

/** Rule 1: the order and WeChat's ledger agree, and 已退款 is an order of which nothing is left. */
function balances(simulation: Simulation): Violation[] {
  return simulation.orders().flatMap((order) => {
    const [theirs, ours] = [balanceAtWeChat(simulation, order._id), balanceHere(order)]
    const isRefunded = order.paid_fee !== undefined && ours === 0
    return [
      ...broken(
        1,
        theirs !== ours,
        () => `${show(order)}: ${theirs} fen at WeChat, ${ours} fen here`,
      ),
      ...broken(
        1,
        isRefunded !== (order.status === 4),
        () => `${show(order)}: ${ours} fen are left`,
      ),
    ]
  })
}

/** Rule 2: 0 ≤ refunded ≤ paid = the price that the server recorded. */
function amounts(simulation: Simulation): Violation[] {
  return simulation.orders().flatMap((order) => {
    const price = Number(simulation.database.get('goods', order.goods_id)?.['price'])
    const charged = simulation.ledger.trade(order._id)?.total_fee ?? order.total_fee
    const paid = order.paid_fee ?? order.total_fee
    const alike = [order.total_fee, charged, paid].every((fee: number) => fee === price)
    const left = balanceAtWeChat(simulation, order._id)
    return [
      ...broken(
        2,
        !alike,
        () => `${show(order)}: ${charged} or ${paid} fen for goods of ${price} fen`,
      ),
      ...broken(2, left < 0 || left > order.total_fee, () => `${show(order)}: ${left} fen left`),
    ]
  })
}

/** Rule 3: one intent (a shopper's key), one order, one reply, one charge. */
function intents(simulation: Simulation): Violation[] {
  const intents = new Map<string, { openid: string; orders: Set<string> }>()
  for (const run of simulation.runs) {
    const key = intentOf(run)
    if (key === undefined) continue
    const intent = intents.get(key) ?? { openid: run.openid!, orders: new Set() }
    if (run.reply?.code === 0) intent.orders.add(run.reply.data._id)
    intents.set(key, intent)
  }
  const all = [...intents.values()]
  const openids = new Set(simulation.orders().map(({ _openid }) => _openid))
  return [
    ...all.flatMap(({ orders }) =>
      broken(3, orders.size > 1, () => `one intent: ${[...orders].join()}`),
    ),
    ...[...openids].flatMap((openid) => {
      const orders = simulation.orders().filter(({ _openid }) => _openid === openid).length
      const meant = all.filter((intent) => intent.openid === openid).length
      return broken(3, orders > meant, () => `${orders} orders of ${meant} intents`)
    }),
  ]
}

function intentOf({ openid, event }: Run): string | undefined {
  return openid && event?.type === 'unifiedorder'
    ? `${openid} ${(event.data as { key?: string } | undefined)?.key}`
    : undefined
}

/** Rule 4: every write moves along an edge or stays, raises rev by one, and keeps what is fixed. */
function moves(simulation: Simulation): Violation[] {
  return simulation.writes.flatMap(({ before, after }) => {
    if (!after) return [{ rule: 4, what: 'an order was deleted' }]
    if (!before) {
      const fresh = after.rev === 1 && after.status === 0
      return broken(4, !fresh, () => `${show(after)} began as ${after.status}, rev ${after.rev}`)
    }
    const [from, to] = [before.status, after.status]
    const edge = from === to || EDGES.some(([a, b]) => a === from && b === to)
    const changed = FIXED.filter((name) => !isAlike(before[name], after[name]))
    return [
      ...broken(4, !edge, () => `${show(after)} moved ${from}→${to}`),
      ...broken(
        4,
        after.rev !== before.rev + 1,
        () => `${show(after)}: rev ${before.rev}→${after.rev}`,
      ),
      ...broken(4, changed.length > 0, () => `${show(after)}: ${changed.join()} changed`),
      ...broken(4, isFact(before, after) && !/ settle( |$)/.test(after.moved_by), () => {
        return `${show(after)}: a fact about money changed in the step ${after.moved_by}`
      }),
    ]
  })
}

/** Whether a write says something that only WeChat can know. */
function isFact(before: Order, after: Order): boolean {
  const state = after.refund?.state
  const isAnswer = state !== undefined && state !== 'ASKED' && state !== before.refund?.state
  return isAnswer || FACTS.some((name) => !isAlike(before[name], after[name]))
}

/** Rule 5: what left the function, or reached the gateway, stands in the row. */
function payability(simulation: Simulation): Violation[] {
  const replied = simulation.runs.flatMap(({ reply }) => (reply?.code === 0 ? [reply.data] : []))
  return [
    ...replied.flatMap(({ _id, sign, prepay_id }) => {
      const row = simulation.order(_id)
      const stands = sign === undefined || (row?.sign === sign && row.prepay_id === prepay_id)
      return broken(5, !stands, () => `${_id} was handed out with another paySign than it has`)
    }),
    ...simulation
      .trades()
      .flatMap((number) =>
        broken(5, !simulation.order(number), () => `${number} can be paid and has no row`),
      ),
  ]
}

/**
 * Rule 6: nothing is left unpaid or in 正在退款, but where only a person can end it: a refund in
 * CHANGE, or a late payment whose refund WeChat has closed so often that the shop asks no more.
 */
function endings(simulation: Simulation): Violation[] {
  return simulation.orders().flatMap((order) => {
    const inChange = simulation.ledger
      .refunds(order._id)
      .some((refund) => refundStatus(refund, simulation.clock.now()) === 'CHANGE')
    const { refund, closed_at } = order
    const givenUp =
      closed_at !== undefined && refund?.state === 'REFUNDCLOSE' && refund.attempt >= 5
    const open = order.status === 0 || (order.status === 3 && !inChange && !givenUp)
    return broken(6, open, () => `${show(order)} does not end`)
  })
}

/** Rule 7: at most one message that an order is paid, and only when it is. */
function messages(simulation: Simulation): Violation[] {
  return [...new Set(simulation.delivered)].flatMap((number) => {
    const times = simulation.delivered.filter((delivered) => delivered === number).length
    const unpaid = simulation.order(number)?.paid_fee === undefined
    return [
      ...broken(7, times > 1, () => `${number}: ${times} messages`),
      ...broken(7, unpaid, () => `${number}: a message, and no payment`),
    ]
  })
}

const NOT_FOUND = JSON.stringify({ code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' })

/** Rule 8: a stranger writes nothing, and is told what everybody is told of no order. */
function strangers(simulation: Simulation): Violation[] {
  const openids = new Map(simulation.runs.map(({ invocation, openid }) => [invocation, openid]))
  return [
    ...simulation.writes.flatMap(({ after }) => {
      const writer = openids.get(after?.moved_by.split(' ')[0] ?? '')
      return broken(8, writer !== undefined && writer !== after?._openid, () => `${writer} wrote`)
    }),
    ...simulation.runs.flatMap(({ openid, event, reply }) => {
      const named = (event?.data as { out_trade_no?: unknown } | undefined)?.out_trade_no
      const order = typeof named === 'string' ? simulation.order(named) : undefined
      if (!reply || !order || order._openid === openid) return []
      const told = JSON.stringify(reply)
      return broken(8, told !== NOT_FOUND, () => `${openid} was told ${told}`)
    }),
  ]
}

const isAlike = (one: unknown, other: unknown) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

function broken(rule: number, isBroken: boolean, what: () => string): Violation[] {
  return isBroken ? [{ rule, what: what() }] : []
}

const show = ({ _id, status, refund }: Order) =>
  `${_id.slice(0, 8)} (status ${status}${refund ? `, refund ${refund.state}` : ''})`
