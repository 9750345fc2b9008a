import type { PayAction } from '../../../../typings/contract'
import type { Hook } from '../../simulation/invocation'
import type { Simulation } from '../../simulation/simulation'
import { tap } from '../scenarios/scenario'
import type { Stage } from './stages'

/** A function, a notification or the payer, acting on the order. */
export interface Actor {
  /** the stages at which the actor can change something */
  stages: readonly Stage[]
  /** @param turn waits for a turn outside port calls */
  act(simulation: Simulation, out_trade_no: string, hook: Hook, turn: Turn): Promise<unknown>
}

export type Turn = () => Promise<unknown>

const UNPAID = [
  'ordered',
  'old enough to be closed',
  'closing',
  'expired',
  'expired, closed by WeChat',
] as const
const CHARGED = ['charged, not settled here', 'charged, not settled here, expired'] as const
const LATE = ['closed, but payable', 'paid after closing'] as const
const PAID = ['paid, message owed', 'paid', 'refund closed'] as const
const REFUSED = [
  'refund refused, an earlier request pending',
  'refund refused, but accepted at WeChat',
] as const
const REFUNDING = [
  'refund requested, not at WeChat',
  'refund processing',
  'refund paid out, not settled here',
  'refund closed, not settled here',
  'refund in CHANGE, not settled here',
  'late refund closed, not settled here',
] as const

export const actors = {
  unifiedorder: {
    stages: ['wanted, no row yet', 'added, not at WeChat', ...UNPAID, ...CHARGED],
    act: (simulation, _, hook) =>
      simulation.call(1, 'unifiedorder', simulation.runs[0]?.event?.data, hook),
  },
  orderquery: {
    stages: [
      'added, not at WeChat',
      ...UNPAID,
      ...CHARGED,
      ...LATE,
      ...PAID,
      ...REFUSED,
      ...REFUNDING,
    ],
    act: tap('orderquery'),
  },
  payorder: {
    stages: [...UNPAID, ...CHARGED, ...LATE, ...PAID, ...REFUSED, ...REFUNDING],
    act: tap('payorder'),
  },
  closeorder: {
    stages: ['added, not at WeChat', ...UNPAID, ...CHARGED, ...LATE],
    act: tap('closeorder'),
  },
  refund: {
    stages: [...CHARGED, ...PAID, ...REFUSED, ...REFUNDING],
    act: tap('refund'),
  },
  queryrefund: {
    stages: ['paid after closing', ...REFUNDING, 'refunded'],
    act: tap('queryrefund'),
  },
  deleteorder: {
    stages: [
      'old enough to be closed',
      'closed',
      ...LATE,
      'refund paid out, not settled here',
      'refunded',
    ],
    act: tap('deleteorder'),
  },
  'the timer': {
    stages: [
      'added, not at WeChat',
      'closing',
      'expired',
      'expired, closed by WeChat',
      'charged, not settled here, expired',
      'paid, message owed',
      ...REFUSED,
      ...REFUNDING,
    ],
    act: (simulation, _, hook) => simulation.reconcile(hook),
  },
  'a payment’s notification': {
    stages: ['ordered', 'closing', ...CHARGED, ...LATE, ...PAID, ...REFUSED, ...REFUNDING],
    act: notifies((simulation, number) => [simulation.paymentNotification(number)]),
  },
  'a refund’s notification': {
    stages: ['refund refused, but accepted at WeChat', ...REFUNDING, 'refunded'],
    act: notifies((simulation, number) => simulation.refundNotifications(number)),
  },
  'the payer': {
    stages: ['ordered', 'old enough to be closed', 'closing', ...CHARGED, 'closed, but payable'],
    act: async (simulation, out_trade_no, _, turn) => {
      await turn()
      simulation.pay(out_trade_no)
    },
  },
} satisfies Record<PayAction, Actor> & Record<string, Actor>

export type ActorName = keyof typeof actors

/** Returns every pair of actors, including each with itself. */
export function pairs(): [ActorName, ActorName][] {
  const names = Object.keys(actors) as ActorName[]
  return names.flatMap((one, n) =>
    names.slice(n).map((other): [ActorName, ActorName] => [one, other]),
  )
}

/** Returns the stages of both actors; if they share none, the stages of either. */
export function stagesOf(one: ActorName, other: ActorName): Stage[] {
  const [ones, others]: (readonly Stage[])[] = [actors[one].stages, actors[other].stages]
  const common = ones!.filter((stage) => others!.includes(stage))
  return common.length > 0 ? common : [...new Set([...ones!, ...others!])]
}

/** Waits for a turn, then posts WeChat's first notification, if there is one. */
function notifies(
  bodies: (simulation: Simulation, out_trade_no: string) => (string | undefined)[],
): Actor['act'] {
  return async (simulation, out_trade_no, hook, turn) => {
    await turn()
    const body = bodies(simulation, out_trade_no)[0]
    if (body !== undefined) await simulation.notify(body, hook)
  }
}
