import { Permissions } from '../../../project/permissions'
import { openidOf } from '../../../simulator/settings/identity'
import { functions } from '../crash/functions'
import { FAULTS, rehearse, strike, type FaultName } from '../crash/matrix'
import { Coverage } from '../histories/coverage'
import { generate } from '../histories/generate'
import { play } from '../histories/play'
import type { ActorName } from '../interleavings/actors'
import { runSchedules } from '../interleavings/schedules'
import type { Violation } from '../support/oracle'
import type { ShopCode } from '../support/simulation'

/** Runs until a money rule is broken. @returns the violations then; none when there are none */
export type Check = (shop: ShopCode) => Promise<Violation[]>

/** The chance in them is always the same, so that what is found once is found again. */
const SEED = 1

/** Random histories, every second one with runs that overlap. */
const histories: Check = async (shop) => {
  for (let seed = SEED; seed < SEED + 150; seed++) {
    const violations = await play(generate(seed, seed % 2 === 0), new Coverage(), shop)
    if (violations.length > 0) return violations
  }
  return []
}

/** Every way through every function, without a fault. */
const ways: Check = async (shop) => {
  for (const scenario of Object.values(functions).flat()) {
    const { violations } = await rehearse(scenario, shop)
    if (violations.length > 0) return violations
  }
  return []
}

/** Every way through one of the functions, with every fault at every port call. */
const crashes =
  (name: keyof typeof functions): Check =>
  async (shop) => {
    for (const scenario of functions[name]) {
      const { points } = await rehearse(scenario, shop)
      for (const n of points.keys()) {
        for (const fault of Object.keys(FAULTS) as FaultName[]) {
          const violations = await strike(scenario, n + 1, fault, shop)
          if (violations.length > 0) return violations
        }
      }
    }
    return []
  }

/** Many schedules of two over one order. */
const meetings =
  (...pair: [ActorName, ActorName]): Check =>
  async (shop) => {
    const { broken } = await runSchedules(pair, { wanted: 100, seed: SEED, shop })
    return broken?.violations ?? []
  }

/** A crash between the two is healed, so only the order of the calls shows it. */
const intentBeforeRefund: Check = async (shop) => {
  const { points } = await rehearse(
    functions.refund.find(({ name }) => name === 'paid')!,
    shop,
  )
  const isWritten = points.indexOf('orders.compareAndSet') < points.indexOf('wechatPay.refund')
  return isWritten ? [] : [{ rule: 1, what: 'WeChat is asked before the intent is written' }]
}

export const checks = {
  histories,
  'ways through the functions': ways,
  'crashes of payorder': crashes('payorder'),
  'crashes of refund': crashes('refund'),
  'the order of the port calls of refund': intentBeforeRefund,
  'closeorder meets the payer': meetings('closeorder', 'the payer'),
  'refund meets orderquery': meetings('orderquery', 'refund'),
  'the timer meets queryrefund': meetings('queryrefund', 'the timer'),
  'unifiedorder meets orderquery': meetings('unifiedorder', 'orderquery'),
} satisfies Record<string, Check>

/** @param permissions the text of permissions.json. @returns the writes that it allows to a phone */
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
