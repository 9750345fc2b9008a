import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import type { PayReply } from '../../../typings/contract'
import type { CRASHED } from '../simulation/invocation'
import type { Simulation } from '../simulation/simulation'
import { PAY_ERRORS } from './pay-errors'

/** How often each situation must occur. */
const MINIMUM = 20

/** Situations that only overlapping runs can cause. */
export const RACES = ['a lost compare-and-set']

const EXPECTED = [
  ...['0→1', '0→2', '1→3', '3→4', '3→1', '2→3'].map((move) => `move ${move}`),
  ...['NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED', 'USERPAYING', 'PAYERROR', 'ACCEPT', 'REVOKED'].map(
    (state) => `trade_state ${state}`,
  ),
  ...['PROCESSING', 'SUCCESS', 'REFUNDCLOSE', 'CHANGE'].map((status) => `refund_status ${status}`),
  // The refusals of the five services (pay.weixin.qq.com, V2).
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
  'a delayed request',
  ...['lateRefund', 'refundChange', 'missing', 'refundNotAccepted'].map(
    (kind) => `anomaly ${kind}`,
  ),
  'a refund by hand',
  'twelve refunds by hand',
  'refunded by hand',
  'refunded by both',
  'a late payment whose refund was closed',
]

/** Counts the situations that occur in histories. */
export class Coverage {
  readonly #counts = new Map<string, number>()

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** Counts a reply of the gateway as the shop's port reports it. */
  addGatewayReply(reply: GatewayReply): void {
    if (reply.kind === 'refused') this.add(`err_code ${reply.err_code}`)
    if (reply.kind === 'unknown') this.add(`err_code ${reply.why}`)
    if (reply.kind !== 'ok') return
    for (const [name, value] of Object.entries(reply.fields)) {
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
   * Returns the situations that occurred too rarely, and their counts.
   * @param share the share of the full number of histories that were played. With fewer than all, a
   * tenth of the situations may be missing, because some occur only once in a hundred histories.
   * @param others further situations that must have occurred
   */
  tooRare(share: number, others: readonly string[]): Record<string, number> {
    const minimum = share < 1 ? 1 : MINIMUM
    const counts = [...EXPECTED, ...others].map(
      (what) => [what, this.#counts.get(what) ?? 0] as const,
    )
    const rare = counts.filter(([, count]) => count < minimum)
    return share < 1 && rare.length <= counts.length / 10 ? {} : Object.fromEntries(rare)
  }
}
