import type { Violation } from '../checker/money-rules'
import { quiesceAndCheck } from '../checker/quiesce'
import { DAY, MINUTE, Simulation } from '../simulation/simulation'
import { ordered } from './sample-orders'

/** Events of one order. An event that is not possible yet has no effect; the refund is tried again at the end. */
export const EVENTS = ['pay', 'pay again', 'refund accepted', 'refund ended', 'query'] as const
export type Event = (typeof EVENTS)[number]

export interface DeliveryPlan {
  /** for each copy of the payment's notification: by how many events it is delayed */
  payment: readonly number[]
  /** the same for the refund's notification */
  refund: readonly number[]
  /** whether the replies to requests for the refund are lost */
  acceptanceLost: boolean
}

/** The final state in the shop and at WeChat, without times. */
export interface FinalState {
  order: object
  refunds: object[]
  violations: Violation[]
}

/** Plays the events in this order, delivers the notifications as planned, and quiesces. */
export async function play(events: readonly Event[], plan: DeliveryPlan): Promise<FinalState> {
  const simulation = new Simulation({ refundEndsAfterMs: DAY })
  const out_trade_no = await ordered(simulation)
  const queue = new NotificationQueue(simulation, out_trade_no, plan)
  const playAll = async (some: readonly Event[]) => {
    for (const event of some) {
      await happen(simulation, out_trade_no, event, plan)
      queue.collect()
      await queue.deliver()
      simulation.clock.advance(MINUTE)
    }
    while (queue.hasPending) await queue.deliver()
  }
  await playAll(events)
  await playAll(['refund accepted', 'refund ended'])
  const violations = await quiesceAndCheck(simulation)
  return finalStateOf(simulation, out_trade_no, violations)
}

async function happen(
  simulation: Simulation,
  out_trade_no: string,
  event: Event,
  { acceptanceLost }: DeliveryPlan,
): Promise<void> {
  switch (event) {
    case 'pay':
    case 'pay again':
      simulation.pay(out_trade_no)
      return
    case 'query':
      await simulation.call(1, 'orderquery', { out_trade_no })
      return
    case 'refund accepted':
      await simulation.call(1, 'refund', { out_trade_no }, ({ name }, when) =>
        acceptanceLost && name === 'wechatPay.refund' && when === 'after' ? 'fault' : 'go',
      )
      return
    case 'refund ended':
      for (const { _id } of simulation.ledger.refunds(out_trade_no)) {
        simulation.ledger.endRefund(_id, 'SUCCESS')
      }
  }
}

/** The notifications that WeChat has sent and the shop has not received. */
class NotificationQueue {
  readonly #simulation: Simulation
  readonly #out_trade_no: string
  readonly #plan: DeliveryPlan
  readonly #sent = new Set<'payment' | 'refund'>()
  #pending: { eventsLeft: number; body: string }[] = []

  constructor(simulation: Simulation, out_trade_no: string, plan: DeliveryPlan) {
    this.#simulation = simulation
    this.#out_trade_no = out_trade_no
    this.#plan = plan
  }

  get hasPending(): boolean {
    return this.#pending.length > 0
  }

  /** Adds all copies of each new notification. */
  collect(): void {
    const bodies = {
      payment: this.#simulation.paymentNotification(this.#out_trade_no),
      refund: this.#simulation.refundNotifications(this.#out_trade_no)[0],
    }
    for (const kind of ['payment', 'refund'] as const) {
      const body = bodies[kind]
      if (body === undefined || this.#sent.has(kind)) continue
      this.#sent.add(kind)
      this.#pending.push(...this.#plan[kind].map((eventsLeft) => ({ eventsLeft, body })))
    }
  }

  /** Delivers what is due after one more event. Copies due at the same time are handled in parallel. */
  async deliver(): Promise<void> {
    const due = this.#pending.filter(({ eventsLeft }) => eventsLeft === 0)
    const others = this.#pending.filter(({ eventsLeft }) => eventsLeft > 0)
    this.#pending = others.map(({ eventsLeft, body }) => ({ eventsLeft: eventsLeft - 1, body }))
    await Promise.all(due.map(({ body }) => this.#simulation.notify(body)))
  }
}

function finalStateOf(
  simulation: Simulation,
  out_trade_no: string,
  violations: Violation[],
): FinalState {
  const order = simulation.order(out_trade_no)!
  const { status, trade_state, transaction_id, paid_fee, refund, message, hidden, anomaly } = order
  const refunded = refund && { ...refund, requested_at: 0, settled_at: 0 }
  const messageState = message?.state
  return {
    order: {
      status,
      trade_state,
      transaction_id,
      paid_fee,
      hidden,
      anomaly,
      refunded,
      messageState,
    },
    refunds: simulation.ledger
      .refunds(out_trade_no)
      .map(({ _id, refund_fee, outcome }) => ({ _id, refund_fee, outcome })),
    violations,
  }
}
