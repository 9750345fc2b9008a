import type { Random } from '../support/random'
import type { Trouble, TroubleKind } from './step'

const FAULTS: readonly TroubleKind[] = [
  'crash before',
  'crash after',
  'reply lost',
  'not done',
  'done late',
]

/** What WeChat documents to answer to anything at any time. */
const BUSY: readonly TroubleKind[] = ['refuses SYSTEMERROR', 'refuses FREQUENCY_LIMITED']

const ORDER_REFUSALS = [
  'ORDERPAID',
  'ORDERCLOSED',
  'INVALID_REQUEST',
  'NOAUTH',
  'LACK_PARAMS',
  'SIGNERROR',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
] as const

const REFUND_REFUSALS = [
  'BIZERR_NEED_RETRY',
  'NOTENOUGH',
  'NOTENOUGH',
  'TRADE_OVERDUE',
  'TRADE_STATE_ERROR',
  'REFUND_FEE_MISMATCH',
  'PARAM_ERROR',
  'FAIL',
] as const

const UNPAID_WORDS = ['USERPAYING', 'PAYERROR', 'ACCEPT', 'REVOKED', 'CLOSED'] as const

/** What WeChat may say to a message. */
const MESSAGE_OUTCOMES = ['refused', 'later', 'unknown'] as const

/** What a run of this kind may meet: often nothing, else one thing or two. */
export function someTroubles(random: Random, what: string): Trouble[] {
  if (random.chance(0.5)) return []
  return Array.from({ length: 1 + random.below(2) }, () =>
    random.chance(0.5)
      ? { n: 1 + random.below(6), kind: random.pick(FAULTS) }
      : { n: 1, kind: answer(random, what) },
  )
}

/** An answer that a run of this kind can meet. */
function answer(random: Random, what: string): TroubleKind {
  if (random.chance(0.2)) return random.pick(BUSY)
  if (what === 'buy') return `refuses ${random.pick(ORDER_REFUSALS)}`
  if (what === 'payorder' && random.chance(0.5)) return `says ${random.pick(MESSAGE_OUTCOMES)}`
  if (random.chance(0.05)) return 'refuses ORDERNOTEXIST'
  const refunds = what.includes('refund') || (what === 'timer' && random.chance(0.3))
  return refunds ? `refuses ${random.pick(REFUND_REFUSALS)}` : `says ${random.pick(UNPAID_WORDS)}`
}
