import type { Anomaly, AnomalyKind, Order } from '../../../typings/contract'
import type { Changes } from './ports'

/** Every kind of anomaly, the worst first. */
const SEVERITY: Readonly<Record<AnomalyKind, number>> = {
  otherAmount: 1,
  secondTransaction: 2,
  refundMismatch: 3,
  lateRefund: 4,
  refundChange: 5,
  missing: 6,
  refundNotAccepted: 7,
}

/**
 * Notes that a person must look at the order: once for each kind, so that it shows since when.
 * @param what in English, for the merchant
 * @returns undefined when that kind stands there already
 */
export function withAnomaly(
  order: Order,
  kind: AnomalyKind,
  what: string,
  now: number,
): Pick<Changes, 'anomaly'> | undefined {
  const known = order.anomaly ?? []
  if (known.some((entry) => entry.kind === kind)) return undefined
  const anomaly = [...known, { kind, at: now, what }].sort(bySeverity)
  return { anomaly }
}

const bySeverity = (a: Anomaly, b: Anomaly) => SEVERITY[a.kind] - SEVERITY[b.kind]

/** Takes back an anomaly whose cause is gone. @returns undefined when there is none of the kind */
export function withoutAnomaly(
  order: Order,
  kind: AnomalyKind,
): Pick<Changes, 'anomaly'> | undefined {
  const known = order.anomaly ?? []
  const left = known.filter((entry) => entry.kind !== kind)
  if (left.length === known.length) return undefined
  return { anomaly: left.length > 0 ? left : undefined }
}

/** Since when the order waits for a person (ms); undefined when the shop can go on by itself. */
export function waitsForPersonSince({ anomaly = [] }: Order): number | undefined {
  // An order that is missing is closed in the end, whether a person looks or not.
  const waiting = anomaly.filter(({ kind }) => kind !== 'missing').map(({ at }) => at)
  return waiting.length > 0 ? Math.min(...waiting) : undefined
}
