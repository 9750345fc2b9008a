import { Permissions } from '../../../project/permissions'
import { openidOf } from '../../../simulator/settings/identity'
import { Coverage } from '../checker/coverage'
import type { Violation } from '../checker/money-rules'
import { runWithFault, runWithoutFaults } from '../faults/crash-matrix'
import { FAULT_NAMES } from '../faults/port-faults'
import type { ShopCode } from '../simulation/simulation'
import { generate } from '../workload/histories/generate'
import { play } from '../workload/histories/play'
import type { ActorName } from '../workload/interleavings/actors'
import { runSchedules } from '../workload/interleavings/schedules'
import { scenarios } from '../workload/scenarios'

/** Runs until a money rule is broken. @returns the violations of that run, or none */
export type Check = (shop: ShopCode) => Promise<Violation[]>

/** A fixed seed, so that every run finds the same violations. */
const SEED = 1

/** Random histories, every second one with runs that overlap. */
const histories: Check = async (shop) => {
  for (let seed = SEED; seed < SEED + 150; seed++) {
    const violations = await play(generate(seed, seed % 2 === 0), new Coverage(), shop)
    if (violations.length > 0) return violations
  }
  return []
}

/** Every scenario of every function, without faults. */
const withoutFaults: Check = async (shop) => {
  for (const scenario of Object.values(scenarios).flat()) {
    const { violations } = await runWithoutFaults(scenario, shop)
    if (violations.length > 0) return violations
  }
  return []
}

/** Every scenario of one function, with every fault at every port call. */
const crashes =
  (name: keyof typeof scenarios): Check =>
  async (shop) => {
    for (const scenario of scenarios[name]) {
      const { points } = await runWithoutFaults(scenario, shop)
      for (const n of points.keys()) {
        for (const fault of FAULT_NAMES) {
          const violations = await runWithFault(scenario, n + 1, fault, shop)
          if (violations.length > 0) return violations
        }
      }
    }
    return []
  }

/** A hundred schedules of two actors on one order. */
const interleavings =
  (...pair: [ActorName, ActorName]): Check =>
  async (shop) => {
    const { broken } = await runSchedules(pair, { wanted: 100, seed: SEED, shop })
    return broken?.violations ?? []
  }

/** The shop recovers from a crash between the two calls, so only their order shows the bug. */
const intentBeforeRefund: Check = async (shop) => {
  const { points } = await runWithoutFaults(
    scenarios.refund.find(({ name }) => name === 'paid')!,
    shop,
  )
  const isWritten = points.indexOf('orders.compareAndSet') < points.indexOf('wechatPay.refund')
  return isWritten ? [] : [{ rule: 1, what: 'the request is sent before the intent is written' }]
}

export const checks = {
  histories,
  'scenarios without faults': withoutFaults,
  'crashes of payorder': crashes('payorder'),
  'crashes of refund': crashes('refund'),
  'the order of the port calls of refund': intentBeforeRefund,
  'closeorder meets the payer': interleavings('closeorder', 'the payer'),
  'refund meets orderquery': interleavings('orderquery', 'refund'),
  'the timer meets queryrefund': interleavings('queryrefund', 'the timer'),
  'unifiedorder meets orderquery': interleavings('unifiedorder', 'orderquery'),
} satisfies Record<string, Check>

/** Returns the writes that permissions.json allows to a phone. @param permissions its text */
export function checkPhones(permissions: string): Violation[] {
  const rules = new Permissions(JSON.parse(permissions))
  const openid = openidOf(1)
  const writes = (['create', 'update', 'delete'] as const).flatMap((operation) =>
    ['goods', 'orders'].map((collection) => ({ operation, collection })),
  )
  return writes
    .filter(({ operation, collection }) =>
      rules.admit(collection, operation, { _openid: openid }, openid),
    )
    .map(({ operation, collection }) => ({
      rule: 8,
      what: `phones may ${operation} ${collection}`,
    }))
}
