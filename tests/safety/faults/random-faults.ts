import type { Random } from '../simulation/random'
import type { FaultKind, PlannedFault } from '../workload/histories/history'
import { FAULT_NAMES } from './port-faults'

/** Refusals that WeChat documents for every request. */
const BUSY: readonly FaultKind[] = ['refuses SYSTEMERROR', 'refuses FREQUENCY_LIMITED']

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

/** What a query may say about an unpaid trade. */
const UNPAID_STATES = ['USERPAYING', 'PAYERROR', 'ACCEPT', 'REVOKED', 'CLOSED'] as const

/** What WeChat may reply to a message. */
const MESSAGE_OUTCOMES = ['refused', 'later', 'unknown'] as const

/** Returns the faults of a run of this kind: none in half of the runs, otherwise one or two. */
export function randomFaults(random: Random, what: string): PlannedFault[] {
  if (random.chance(0.5)) return []
  return Array.from({ length: 1 + random.below(2) }, () =>
    random.chance(0.5)
      ? { n: 1 + random.below(6), kind: random.pick(FAULT_NAMES) }
      : { n: 1, kind: randomReply(random, what) },
  )
}

/** Returns a reply that is possible in a run of this kind. */
function randomReply(random: Random, what: string): FaultKind {
  if (random.chance(0.2)) return random.pick(BUSY)
  if (what === 'buy') return `refuses ${random.pick(ORDER_REFUSALS)}`
  if (what === 'payorder' && random.chance(0.5)) return `says ${random.pick(MESSAGE_OUTCOMES)}`
  if (random.chance(0.05)) return 'refuses ORDERNOTEXIST'
  const refunds = what.includes('refund') || (what === 'timer' && random.chance(0.3))
  return refunds ? `refuses ${random.pick(REFUND_REFUSALS)}` : `says ${random.pick(UNPAID_STATES)}`
}
