import { type Violation, violationsAtRest } from '../support/oracle'
import { comeToRest } from '../support/rest'
import { DAY, MINUTE, Simulation } from '../support/simulation'
import { ordered } from '../support/story'

/** What happens about an order. What cannot happen yet does not; the refund is tried again at the end. */
export const EVENTS = ['pay', 'pay again', 'refund accepted', 'refund settled', 'query'] as const
export type Event = (typeof EVENTS)[number]

export interface Telling {
  /** for every copy of the payment's notification: how many events late it comes */
  payment: readonly number[]
  /** the same of the refund's */
  refund: readonly number[]
  /** whether the replies to requests for the refund are lost */
  acceptanceLost: boolean
}

/** What stands in the end, here and at WeChat, without the times. */
export interface End {
  order: object
  refunds: object[]
  violations: Violation[]
}

/** Things happen in some order, and WeChat tells of them in some way; then everything is delivered. */
export async function play(events: readonly Event[], telling: Telling): Promise<End> {
  const simulation = new Simulation({ refundSettlesAfterMs: DAY })
  const out_trade_no = await ordered(simulation)
  const post = new Post(simulation, out_trade_no, telling)
  const goThrough = async (some: readonly Event[]) => {
    for (const event of some) {
      await happen(simulation, out_trade_no, event, telling)
      post.collect()
      await post.deliver()
      simulation.clock.advance(MINUTE)
    }
    while (post.isUnderWay) await post.deliver()
  }
  await goThrough(events)
  await goThrough(['refund accepted', 'refund settled'])
  await comeToRest(simulation)
  return endOf(simulation, out_trade_no)
}

async function happen(
  simulation: Simulation,
  out_trade_no: string,
  event: Event,
  { acceptanceLost }: Telling,
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
    case 'refund settled':
      for (const { _id } of simulation.ledger.refunds(out_trade_no)) {
        simulation.ledger.settleRefund(_id, 'SUCCESS')
      }
  }
}

/** The notifications between WeChat and the shop. */
class Post {
  readonly #simulation: Simulation
  readonly #out_trade_no: string
  readonly #telling: Telling
  readonly #told = new Set<'payment' | 'refund'>()
  #underWay: { late: number; body: string }[] = []

  constructor(simulation: Simulation, out_trade_no: string, telling: Telling) {
    this.#simulation = simulation
    this.#out_trade_no = out_trade_no
    this.#telling = telling
  }

  get isUnderWay(): boolean {
    return this.#underWay.length > 0
  }

  /** Sends all copies of what there is new to tell. */
  collect(): void {
    const bodies = {
      payment: this.#simulation.paymentNotification(this.#out_trade_no),
      refund: this.#simulation.refundNotifications(this.#out_trade_no)[0],
    }
    for (const kind of ['payment', 'refund'] as const) {
      const body = bodies[kind]
      if (body === undefined || this.#told.has(kind)) continue
      this.#told.add(kind)
      this.#underWay.push(...this.#telling[kind].map((late) => ({ late, body })))
    }
  }

  /** One event later. Copies that come together are taken side by side. */
  async deliver(): Promise<void> {
    const due = this.#underWay.filter(({ late }) => late === 0)
    const others = this.#underWay.filter(({ late }) => late > 0)
    this.#underWay = others.map(({ late, body }) => ({ late: late - 1, body }))
    await Promise.all(due.map(({ body }) => this.#simulation.notify(body)))
  }
}

function endOf(simulation: Simulation, out_trade_no: string): End {
  const order = simulation.order(out_trade_no)!
  const { status, trade_state, transaction_id, paid_fee, refund, message, hidden, anomaly } = order
  const refunded = refund && { ...refund, requested_at: 0, settled_at: 0 }
  const told = message?.state
  return {
    order: { status, trade_state, transaction_id, paid_fee, hidden, anomaly, refunded, told },
    refunds: simulation.ledger
      .refunds(out_trade_no)
      .map(({ _id, refund_fee, outcome }) => ({ _id, refund_fee, outcome })),
    violations: violationsAtRest(simulation),
  }
}
