import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import type { PayReply } from '../../../typings/contract'
import type { CRASHED } from '../support/invocation'
import { PAY_ERRORS } from '../support/pay-errors'
import type { Simulation } from '../support/simulation'

/** What histories must have met, each this often. */
const OFTEN = 20

/** What only overlapping runs meet. */
export const RACES = ['a lost compare-and-set']

const EXPECTED = [
  ...['0→1', '0→2', '1→3', '3→4', '3→1', '2→3'].map((move) => `move ${move}`),
  ...['NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED', 'USERPAYING', 'PAYERROR', 'ACCEPT', 'REVOKED'].map(
    (state) => `trade_state ${state}`,
  ),
  ...['PROCESSING', 'SUCCESS', 'REFUNDCLOSE', 'CHANGE'].map((status) => `refund_status ${status}`),
  // pay.weixin.qq.com, V2: the refusals of the five services
  ...[
    'ORDERPAID',
    'ORDERNOTEXIST',
    'ORDERCLOSED',
    'INVALID_REQUEST',
    'REFUNDNOTEXIST',
    'NOTENOUGH',
    'SYSTEMERROR',
    'BIZERR_NEED_RETRY',
    'FREQUENCY_LIMITED',
    'PARAM_ERROR',
    'REFUND_FEE_MISMATCH',
    'TRADE_OVERDUE',
    'TRADE_STATE_ERROR',
    'NOAUTH',
    'LACK_PARAMS',
    'SIGNERROR',
    'APPID_NOT_EXIST',
    'MCHID_NOT_EXIST',
    'FAIL',
  ].map((code) => `err_code ${code}`),
  ...PAY_ERRORS.map((error) => `error ${error}`),
  'a crash',
  'a request that arrives late',
  ...['lateRefund', 'refundChange', 'missing', 'refundNotAccepted'].map(
    (kind) => `anomaly ${kind}`,
  ),
  'a refund by hand',
  'twelve refunds by hand',
  'refunded by hand',
  'refunded by both',
  'a late payment whose refund was closed',
]

/** Counts what histories meet. */
export class Coverage {
  readonly #counts = new Map<string, number>()

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** An answer of the gateway, as the shop reads it. */
  addAnswer(answer: GatewayReply): void {
    if (answer.kind === 'refused') this.add(`err_code ${answer.err_code}`)
    if (answer.kind === 'unknown') this.add(`err_code ${answer.why}`)
    if (answer.kind !== 'ok') return
    for (const [name, value] of Object.entries(answer.fields)) {
      if (name === 'trade_state') this.add(`trade_state ${value}`)
      if (name.startsWith('refund_status_')) this.add(`refund_status ${value}`)
    }
  }

  addReply(reply: PayReply | typeof CRASHED): void {
    if (typeof reply === 'symbol') this.add('a crash')
    else if (reply.code === 1) this.add(`error ${reply.error}`)
  }

  addSimulation({ writes }: Simulation): void {
    for (const { before, after } of writes) {
      if (!before || !after) continue
      if (before.status !== after.status) this.add(`move ${before.status}→${after.status}`)
      for (const { kind } of after.anomaly ?? []) {
        if (!before.anomaly?.some((known) => known.kind === kind)) this.add(`anomaly ${kind}`)
      }
      if (after.merchant_refunds && !before.merchant_refunds) this.add('a refund by hand')
      if (after.merchant_refunds?.count === 12) this.add('twelve refunds by hand')
      if (after.status === 4 && before.status === 3) {
        const isOwn = after.refund?.state === 'SUCCESS'
        if (after.merchant_refunds) this.add(isOwn ? 'refunded by both' : 'refunded by hand')
      }
      const { closed_at, refund } = after
      if (closed_at !== undefined && before.refund && refund?.attempt !== before.refund.attempt) {
        this.add('a late payment whose refund was closed')
      }
    }
  }

  /**
   * What was met too seldom, and how often it was.
   * @param share of the usual number of histories
   * @param besides what else must have been met
   */
  tooSeldom(share: number, besides: readonly string[]): Record<string, number> {
    const often = Math.floor(OFTEN * Math.min(share, 1))
    const counts = [...EXPECTED, ...besides].map(
      (what) => [what, this.#counts.get(what) ?? 0] as const,
    )
    return Object.fromEntries(counts.filter(([, count]) => count < often))
  }
}
