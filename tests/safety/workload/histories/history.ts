import type { RefundOutcome } from '../../../../simulator/wechat-pay/ledger/entities'
import type { PayAction } from '../../../../typings/contract'
import type { FaultName } from '../../faults/port-faults'

/** A fault of the n-th port call of a run, or a reply to the n-th call that can have it. */
export interface PlannedFault {
  n: number
  kind: FaultKind
}

/** `refuses CODE`: the gateway refuses. `says WORD`: a state of an unpaid trade, or the reply to a message. */
export type FaultKind = FaultName | `refuses ${string}` | `says ${string}`

/** A run of one of the shop's functions. `order` is an index of the stored orders, modulo their number. */
export type RunStep = { faults: PlannedFault[] } & (
  | { do: 'buy'; shopper: number; goods: string; purchase: number }
  | { do: 'tap'; by: Tapper; type: Tap; order: number }
  | { do: 'query refund by number'; by: Tapper; order: number }
  | { do: 'send nonsense'; shopper: number }
  | { do: 'notify of payment'; order: number }
  | { do: 'notify of refund'; order: number; refund: number }
  | { do: 'timer' }
)

/** The actions that a shopper can tap on an order. */
export type Tap = Exclude<PayAction, 'unifiedorder'>

export type Tapper = 'owner' | 'stranger'

/** An event outside the shop. */
export type Event =
  | { do: 'pay'; order: number }
  | { do: 'wait'; ms: number }
  | { do: 'arrive'; n: number }
  | { do: 'refunds will end'; order: number; as: RefundOutcome }
  | { do: 'person ends CHANGE'; order: number }
  | { do: 'refund by hand'; order: number; part: RefundByHand }

/** The amount that the merchant refunds by hand: the rest, half of it, one fen, or twelve equal parts. */
export type RefundByHand = 'rest' | 'half' | 'fen' | 'twelve parts'

/** The members of `together` overlap; `pace` is the seed of their interleaving. */
export type Step = RunStep | Event | { do: 'together'; members: (RunStep | Event)[]; pace: number }

/** Everything that happens in one simulation, as data. */
export interface History {
  shoppers: number
  /** the limit of unpaid orders for each shopper */
  max_unpaid: number
  /** a query of a trade that is not SUCCESS returns its number only, or every field */
  queryReplies: 'bare' | 'full'
  /** whether WeChat's notifications of refunds arrive */
  notified: boolean
  steps: Step[]
}

/** Formats a history for people, one line for each step. */
export function show({ steps, ...simulation }: History): string {
  const lines = steps.map((step, n) => `${n + 1}. ${JSON.stringify(step)}`)
  return [JSON.stringify(simulation), ...lines].join('\n')
}
