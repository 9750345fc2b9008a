import type { Order, Refund } from '../../../typings/contract'
import { change } from './change'
import type { PaymentFact, RefundFact, RefundRecord } from './facts'
import type { PaidMessage, Payment } from './order'
import { isOwnRefund, move, nextRefund, refundNumber } from './order'
import type { Changes, Ports } from './ports'

/*
 * The only place where a fact about money changes an order, whoever brought the fact. A fact that
 * comes twice, late or out of order finds nothing left to do.
 */

/**
 * Settles what WeChat says of the payment.
 * @param message the message that the order is paid: claimed when this invocation sends it
 */
export function settlePayment(
  ports: Ports,
  order: Order,
  fact: PaymentFact,
  message: PaidMessage = { event: 'paid', state: 'owed' },
): Promise<Order> {
  return change(ports, order, 'settle', (now) => {
    switch (fact.kind) {
      case 'paid':
        return settlePaid(ports, now, fact.payment, message)
      case 'otherAmount':
        return anomaly(ports, now, `paid ${fact.paid_fee} fen instead of ${now.total_fee}`)
      case 'closed':
        return settleClosed(ports, now)
      case 'absent':
        // Once its time has run out the gateway can no longer accept it: it will never exist.
        return fact.asked_at > now.expires_at ? settleClosed(ports, now) : undefined
      case 'unpaid':
        return now.status === 0 && now.trade_state !== fact.trade_state
          ? { trade_state: fact.trade_state, trade_state_desc: fact.trade_state_desc }
          : undefined
      case 'unknown':
        return undefined
    }
  })
}

function settlePaid(
  ports: Ports,
  order: Order,
  payment: Payment,
  message: PaidMessage,
): Changes | undefined {
  if (order.status === 0) return move('pay', { ...payment, message })
  if (order.status === 2) {
    const refund = nextRefund(order, ports.now())
    return move('refundLatePayment', { ...payment, refund, hidden: false })
  }
  return order.transaction_id === payment.transaction_id
    ? undefined
    : anomaly(ports, order, 'paid by two transactions')
}

const settleClosed = (ports: Ports, order: Order): Changes | undefined =>
  order.status === 0 ? move('close', { closed_at: ports.now() }) : undefined

/** Settles what WeChat says of all refunds of the order: its own, and those of somebody else. */
export async function settleRefunds(ports: Ports, order: Order, fact: RefundFact): Promise<Order> {
  return settleForeign(ports, await settleRefund(ports, order, fact), fact)
}

/** Settles what WeChat says of the order's own refund, by its out_refund_no. */
export async function settleRefund(ports: Ports, order: Order, fact: RefundFact): Promise<Order> {
  if (fact.kind !== 'refunds') return order
  const settled = await change(ports, order, 'settle refund', (now) => {
    // An order that never asked, though WeChat has a refund of its first number, did ask: the
    // request of an earlier invocation arrived after WeChat had said that there was none.
    const number = now.refund?.out_refund_no ?? refundNumber(now, 1)
    const record = fact.refunds.find((refund) => refund.out_refund_no === number)
    if (!record) return undefined
    if (record.refund_fee !== now.total_fee) {
      return anomaly(ports, now, `refund of ${record.refund_fee} fen instead of ${now.total_fee}`)
    }
    if (now.status === 1) return adopt(ports, now, record)
    return now.status === 3 && now.refund ? progress(ports, now, now.refund, record) : undefined
  })
  // A move can make room for the next one: 1→3, then 3→4.
  return settled === order ? order : settleRefund(ports, settled, fact)
}

function adopt(ports: Ports, order: Order, record: RefundRecord): Changes | undefined {
  if (order.refund?.state === 'REFUNDCLOSE' || record.state === 'REFUNDCLOSE') return undefined
  const refund = order.refund ?? nextRefund(order, ports.now())
  return move('askRefund', { refund: { ...refund, state: 'PROCESSING' } })
}

function progress(
  ports: Ports,
  order: Order,
  refund: Refund,
  { state, settled_at }: RefundRecord,
): Changes | undefined {
  if (state === 'SUCCESS') {
    const settled: Refund = { ...refund, state, settled_at: settled_at ?? ports.now() }
    return move('settleRefund', { refund: settled })
  }
  if (refund.state === state) return undefined
  const changed: Refund = { ...refund, state }
  if (state === 'PROCESSING') return { refund: changed }
  if (state === 'CHANGE') {
    const noted = anomaly(ports, order, 'refund CHANGE: act in the merchant platform')
    return { refund: changed, ...noted }
  }
  // REFUNDCLOSE. The shop owes a late payer the money, so it asks again, with a new number.
  return order.closed_at === undefined
    ? move('callOffRefund', { refund: changed })
    : { refund: nextRefund({ ...order, refund: changed }, ports.now()) }
}

/**
 * Takes note of refunds that this shop did not ask for. Only when they are all that was paid is the
 * order refunded.
 */
async function settleForeign(ports: Ports, order: Order, fact: RefundFact): Promise<Order> {
  if (fact.kind !== 'refunds') return order
  const live = fact.refunds.filter(({ state }) => state !== 'REFUNDCLOSE')
  const foreign = live.filter(({ out_refund_no }) => !isOwnRefund(order, out_refund_no))
  const last = foreign.at(-1)
  if (!last) return order
  const noted = await change(ports, order, 'note refunds', (now) =>
    anomaly(ports, now, 'refunded by somebody else, in the merchant platform perhaps'),
  )
  const refunded = live.filter(({ state }) => state === 'SUCCESS')
  const sum = refunded.reduce((total, { refund_fee }) => total + refund_fee, 0)
  if (sum !== order.total_fee) return noted
  const refund: Refund = {
    ...nextRefund(noted, ports.now()),
    out_refund_no: last.out_refund_no,
    state: 'SUCCESS',
    settled_at: last.settled_at ?? ports.now(),
  }
  const asked = await change(ports, noted, 'adopt refunds', (now) =>
    now.status === 1 ? move('askRefund', { refund }) : undefined,
  )
  return change(ports, asked, 'settle refunds', (now) =>
    now.status === 3 ? move('settleRefund', { refund }) : undefined,
  )
}

/** Records what a person must look at; once, so that it can be seen when it began. */
export function anomaly(ports: Ports, order: Order, what: string): Changes | undefined {
  return order.anomaly ? undefined : { anomaly: { at: ports.now(), what } }
}
