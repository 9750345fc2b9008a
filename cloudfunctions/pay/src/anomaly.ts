import type { Anomaly, AnomalyKind, Order } from '../../../typings/contract'
import type { Changes } from './ports'

/** Every kind of anomaly, the most severe first. */
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
 * Adds an anomaly, which a person should check. Each kind is recorded once, when it is first seen.
 * @param what a description in English, for the merchant
 * @returns undefined if the order already has one of this kind
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

/** Removes an anomaly whose cause is gone. @returns undefined if the order has none of this kind */
export function withoutAnomaly(
  order: Order,
  kind: AnomalyKind,
): Pick<Changes, 'anomaly'> | undefined {
  const known = order.anomaly ?? []
  const left = known.filter((entry) => entry.kind !== kind)
  if (left.length === known.length) return undefined
  return { anomaly: left.length > 0 ? left : undefined }
}

/** Returns since when (ms) the order needs a person; undefined if it does not. */
export function needsPersonSince({ anomaly = [] }: Order): number | undefined {
  // The shop closes a missing order by itself.
  const times = anomaly.filter(({ kind }) => kind !== 'missing').map(({ at }) => at)
  return times.length > 0 ? Math.min(...times) : undefined
}
