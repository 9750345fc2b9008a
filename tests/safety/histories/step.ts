import type { RefundOutcome } from '../../../simulator/wechat-pay/ledger/entities'
import type { PayAction } from '../../../typings/contract'

/** What happens to the n-th port call of a run; an answer, to the n-th call that can have it. */
export interface Trouble {
  n: number
  kind: TroubleKind
}

export type TroubleKind =
  | 'crash before'
  | 'crash after'
  | 'reply lost'
  | 'not done'
  | 'done late'
  /** the gateway refuses, or says a word that an unpaid trade can have; messages are refused */
  | `refuses ${string}`
  | `says ${string}`

/** A run of one of the shop's functions. `order`: the n-th that the database has, round and round. */
export type Run = { troubles: Trouble[] } & (
  | { do: 'buy'; shopper: number; goods: string; intent: number }
  | { do: 'tap'; by: Tapper; type: Tap; order: number }
  | { do: 'query refund by number'; by: Tapper; order: number }
  | { do: 'send nonsense'; shopper: number }
  | { do: 'notify of payment'; order: number }
  | { do: 'notify of refund'; order: number; refund: number }
  | { do: 'timer' }
)

/** What a shopper can tap on an order. */
export type Tap = Exclude<PayAction, 'unifiedorder'>

export type Tapper = 'owner' | 'stranger'

/** Something that happens in the simulation beside the shop. */
export type Event =
  | { do: 'pay'; order: number }
  | { do: 'wait'; ms: number }
  | { do: 'arrive'; n: number }
  | { do: 'refunds will end'; order: number; as: RefundOutcome }
  | { do: 'person settles CHANGE'; order: number }
  | { do: 'refund by hand'; order: number; part: RefundByHand }

/** What the merchant refunds by hand: all that is left, half of it, one fen, or twelve equal parts. */
export type RefundByHand = 'rest' | 'half' | 'fen' | 'twelve parts'

/** `pace`: where the members of `together` give way to each other. */
export type Step = Run | Event | { do: 'together'; members: (Run | Event)[]; pace: number }

/** One history: everything that happens in a simulation, as data. */
export interface History {
  shoppers: number
  /** how many unpaid orders a shopper may have */
  max_unpaid: number
  /** what the gateway says of a trade that is not SUCCESS: its number alone, or all it knows */
  queryReplies: 'bare' | 'full'
  /** whether WeChat's notifications of refunds arrive */
  notified: boolean
  steps: Step[]
}

/** A history that a person can read: a line a step. */
export function show({ steps, ...simulation }: History): string {
  const lines = steps.map((step, n) => `${n + 1}. ${JSON.stringify(step)}`)
  return [JSON.stringify(simulation), ...lines].join('\n')
}
