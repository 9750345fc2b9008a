import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import type { Order, OrderStatus } from '../../../typings/contract'
import type { RecordedCall, Simulation } from '../simulation/simulation'

/** A violation of one of the eight money rules (README, "What it promises about money"). */
export interface Violation {
  rule: number
  what: string
}

/** The allowed status changes. The checker has its own copy, so that it notices a wrong table in the shop. */
const ALLOWED_MOVES: readonly (readonly [OrderStatus, OrderStatus])[] = [
  [0, 1],
  [0, 2],
  [1, 3],
  [3, 4],
  [3, 1],
  [2, 3],
]

/** Fields that never change after the order is created. */
const FIXED = [
  '_id',
  '_openid',
  'out_trade_no',
  'goods_id',
  'body',
  'total_fee',
  'request',
] as const

/** Facts that only WeChat knows. Only settle.ts writes them, in steps whose name contains `settle`. */
const FACTS = [
  'transaction_id',
  'bank_type',
  'trade_type',
  'paid_at',
  'paid_fee',
  'closed_at',
  'missing_since',
] as const

/** Returns violations of the rules that hold at every moment, even while requests are pending. */
export function checkInvariants(simulation: Simulation): Violation[] {
  return [
    ...amounts(simulation),
    ...purchases(simulation),
    ...moves(simulation),
    ...payability(simulation),
    ...lateRefunds(simulation),
    ...messages(simulation),
    ...strangers(simulation),
  ]
}

/** Returns violations of all eight rules. The simulation must have quiesced: see quiesce.ts. */
export function checkFinalState(simulation: Simulation): Violation[] {
  return [...checkInvariants(simulation), ...balances(simulation), ...endings(simulation)]
}

/** Returns paid − refunded (fen) at WeChat. Only refunds in SUCCESS count. */
function balanceAtWeChat(simulation: Simulation, out_trade_no: string): number {
  const trade = simulation.ledger.trade(out_trade_no)
  if (!trade?.payment) return 0
  const refunded = simulation.ledger
    .refunds(out_trade_no)
    .filter((refund) => refundStatus(refund, simulation.clock.now()) === 'SUCCESS')
    .reduce((sum, { refund_fee }) => sum + refund_fee, 0)
  return trade.total_fee - refunded
}

/** Returns the refunded amount (fen) of the order: its own refund and those made by hand. */
function refundedHere({ refund, merchant_refunds }: Order): number {
  const own = refund?.state === 'SUCCESS' ? refund.refund_fee : 0
  return own + (merchant_refunds?.refunded ?? 0)
}

/** Returns paid − refunded (fen) of the order. */
const balanceHere = (order: Order): number => (order.paid_fee ?? 0) - refundedHere(order)

/** Returns whether the merchant made the refund in WeChat's platform. */
export const isByHand = (out_trade_no: string, out_refund_no: string) =>
  !out_refund_no.startsWith(`${out_trade_no}-`)

const balances = (simulation: Simulation) =>
  simulation.orders().flatMap((order) => checkBalance(simulation, order))

/** Rule 1: the order and WeChat's ledger agree; an order is 已退款 exactly when its balance is 0. */
export function checkBalance(simulation: Simulation, order: Order): Violation[] {
  const [theirs, ours] = [balanceAtWeChat(simulation, order._id), balanceHere(order)]
  const isRefunded = order.paid_fee !== undefined && ours === 0
  return [
    ...broken(
      1,
      theirs !== ours,
      () => `${show(order)}: ${theirs} fen at WeChat, ${ours} fen here`,
    ),
    ...broken(1, isRefunded !== (order.status === 4), () => `${show(order)}: ${ours} fen left`),
  ]
}

/** Rule 2: 0 ≤ refunded ≤ paid = the price that the server recorded. */
function amounts(simulation: Simulation): Violation[] {
  return simulation.orders().flatMap((order) => {
    const price = Number(simulation.database.get('goods', order.goods_id)?.['price'])
    const charged = simulation.ledger.trade(order._id)?.total_fee ?? order.total_fee
    const paid = order.paid_fee ?? order.total_fee
    const isEveryPriceEqual = [order.total_fee, charged, paid].every((fee: number) => fee === price)
    const left = balanceAtWeChat(simulation, order._id)
    return [
      ...broken(
        2,
        !isEveryPriceEqual,
        () => `${show(order)}: ${charged} or ${paid} fen for goods of ${price} fen`,
      ),
      ...broken(2, left < 0 || left > order.total_fee, () => `${show(order)}: ${left} fen left`),
    ]
  })
}

/**
 * Rule 3: one idempotency key of a shopper makes at most one order. The ledger lets a trade be paid
 * once, and double-tap.test.ts compares the replies.
 */
function purchases(simulation: Simulation): Violation[] {
  const purchases = new Map<string, { openid: string; orders: Set<string> }>()
  for (const run of simulation.runs) {
    const key = keyOf(run)
    if (key === undefined) continue
    const purchase = purchases.get(key) ?? { openid: run.openid!, orders: new Set() }
    if (run.reply?.code === 0) purchase.orders.add(run.reply.data._id)
    purchases.set(key, purchase)
  }
  const all = [...purchases.values()]
  const openids = new Set(simulation.orders().map(({ _openid }) => _openid))
  return [
    ...all.flatMap(({ orders }) =>
      broken(3, orders.size > 1, () => `one key: ${[...orders].join()}`),
    ),
    ...[...openids].flatMap((openid) => {
      const orders = simulation.orders().filter(({ _openid }) => _openid === openid).length
      const keys = all.filter((purchase) => purchase.openid === openid).length
      return broken(3, orders > keys, () => `${orders} orders for ${keys} keys`)
    }),
  ]
}

function keyOf({ openid, event }: RecordedCall): string | undefined {
  return openid && event?.type === 'unifiedorder'
    ? `${openid} ${(event.data as { key?: string } | undefined)?.key}`
    : undefined
}

/** Rule 4: every write follows an allowed status change or none, raises rev by one, and keeps fixed fields. */
function moves(simulation: Simulation): Violation[] {
  return simulation.writes.flatMap(({ before, after }) => {
    if (!after) return [{ rule: 4, what: 'an order was deleted' }]
    if (!before) {
      const fresh = after.rev === 1 && after.status === 0
      return broken(4, !fresh, () => `${show(after)} began as ${after.status}, rev ${after.rev}`)
    }
    const [from, to] = [before.status, after.status]
    const isAllowed = from === to || ALLOWED_MOVES.some(([a, b]) => a === from && b === to)
    const changed = FIXED.filter((name) => !isEqual(before[name], after[name]))
    return [
      ...broken(4, !isAllowed, () => `${show(after)} moved ${from}→${to}`),
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

/** Returns whether a write changes a fact that only WeChat knows. */
function isFact(before: Order, after: Order): boolean {
  const state = after.refund?.state
  const isFromWeChat = state !== undefined && state !== 'ASKED' && state !== before.refund?.state
  return isFromWeChat || FACTS.some((name) => !isEqual(before[name], after[name]))
}

/** Rule 5: a paySign in a reply, and a trade at the gateway, are stored in the row. */
function payability(simulation: Simulation): Violation[] {
  const replied = simulation.runs.flatMap(({ reply }) => (reply?.code === 0 ? [reply.data] : []))
  return [
    ...replied.flatMap(({ _id, sign, prepay_id }) => {
      const row = simulation.order(_id)
      const isStored = sign === undefined || (row?.sign === sign && row.prepay_id === prepay_id)
      return broken(5, !isStored, () => `${_id} was returned with a paySign that is not stored`)
    }),
    ...simulation
      .trades()
      .flatMap((number) =>
        broken(5, !simulation.order(number), () => `${number} can be paid but has no row`),
      ),
  ]
}

/**
 * Rule 6: no order stays unpaid or in 正在退款, except where only a person can end it, and such an
 * order has an anomaly. The exceptions are a refund in CHANGE, and a late payment whose refund WeChat
 * has closed five times. The README names three more cases, which the simulation does not leave
 * behind: its ledger charges no other amount and has no impossible refunds, and it does not keep
 * refusing the refund of a late payment.
 */
function endings(simulation: Simulation): Violation[] {
  return simulation.orders().flatMap((order) => {
    const { status, anomaly } = order
    const isOpen = status === 0 || status === 3
    const isForPerson = status === 3 && (isInChange(simulation, order) || isGivenUp(order))
    return [
      ...broken(6, isOpen && !isForPerson, () => `${show(order)} does not end`),
      ...broken(6, isForPerson && !anomaly, () => `${show(order)} needs a person: no anomaly`),
    ]
  })
}

/** Returns whether WeChat could not pay out a refund of the order. */
const isInChange = (simulation: Simulation, { _id }: Order) =>
  simulation.ledger
    .refunds(_id)
    .some((refund) => refundStatus(refund, simulation.clock.now()) === 'CHANGE')

/** Returns whether the shop no longer requests the refund of a late payment. */
const isGivenUp = ({ refund, closed_at }: Order) =>
  closed_at !== undefined && refund?.state === 'REFUNDCLOSE' && refund.attempt >= 5

/** Rule 6: a late payment whose refund failed has the anomaly that the order's page shows. */
function lateRefunds(simulation: Simulation): Violation[] {
  return simulation.writes.flatMap(({ after }) => {
    const hasFailed = after?.refund?.state === 'REFUSED' || after?.refund?.state === 'REFUNDCLOSE'
    const isLate = after?.status === 3 && after.closed_at !== undefined
    const isNoted = after?.anomaly?.some(({ kind }) => kind === 'lateRefund')
    return broken(6, isLate && hasFailed && !isNoted, () => `${show(after!)}: no lateRefund`)
  })
}

/**
 * Rule 7: at most one message for each order, and only for a paid one. What is written about a
 * message changes nothing else.
 */
function messages(simulation: Simulation): Violation[] {
  return [
    ...[...new Set(simulation.delivered)].flatMap((number) => {
      const times = simulation.delivered.filter((delivered) => delivered === number).length
      const unpaid = simulation.order(number)?.paid_fee === undefined
      return [
        ...broken(7, times > 1, () => `${number}: ${times} messages`),
        ...broken(7, unpaid, () => `${number}: a message without a payment`),
      ]
    }),
    ...simulation.writes.flatMap(({ before, after }) => {
      if (!before || !after || !/ (claim )?message$/.test(after.moved_by)) return []
      const names = Object.keys({ ...before, ...after }) as (keyof Order)[]
      const others = names.filter(
        (name) => !WRITTEN_WITH_MESSAGE.includes(name) && !isEqual(before[name], after[name]),
      )
      return broken(
        7,
        others.length > 0,
        () => `${show(after)}: a message changed ${others.join()}`,
      )
    }),
  ]
}

const WRITTEN_WITH_MESSAGE: readonly (keyof Order)[] = [
  'message',
  'next_check_at',
  'rev',
  'moved_by',
]

const NOT_FOUND = JSON.stringify({ code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' })

/** Rule 8: a stranger, any caller but the order's owner, writes nothing and gets the reply for an order that does not exist. */
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
      const received = JSON.stringify(reply)
      return broken(8, received !== NOT_FOUND, () => `${openid} received ${received}`)
    }),
  ]
}

const isEqual = (one: unknown, other: unknown) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

function broken(rule: number, isBroken: boolean, what: () => string): Violation[] {
  return isBroken ? [{ rule, what: what() }] : []
}

const show = ({ _id, status, refund }: Order) =>
  `${_id.slice(0, 8)} (status ${status}${refund ? `, refund ${refund.state}` : ''})`
