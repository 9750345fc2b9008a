import type { Violation } from '../checker/money-rules'
import { quiesceAndCheck } from '../checker/quiesce'
import type { Fate, Hook, Point } from '../simulation/invocation'
import { Simulation, type ShopCode } from '../simulation/simulation'
import { charged } from '../workload/sample-orders'
import type { Outcome, Scenario } from '../workload/scenarios/scenario'
import { FAULTS, type FaultName } from './port-faults'

/** Runs a scenario without faults. @returns its outcome and its port calls in order */
export async function runWithoutFaults(
  scenario: Scenario,
  shop?: ShopCode,
): Promise<{ outcome: Outcome; points: string[]; violations: Violation[] }> {
  const points: string[] = []
  const { outcome, violations } = await runScenario(
    scenario,
    ({ name }, when) => {
      if (when === 'before') points.push(name)
      return 'go'
    },
    shop,
  )
  return { outcome, points, violations }
}

/** Runs a scenario with one fault at its n-th port call and quiesces. */
export async function runWithFault(
  scenario: Scenario,
  n: number,
  fault: FaultName,
  shop?: ShopCode,
): Promise<Violation[]> {
  const [moment, fate] = FAULTS[fault]
  const { violations } = await runScenario(
    scenario,
    (point, when) => (point.n === n && when === moment ? fate : 'go'),
    shop,
  )
  return violations
}

async function runScenario(
  { given, when, meanwhile }: Scenario,
  fault: (point: Point, moment: 'before' | 'after') => Fate,
  shop?: ShopCode,
): Promise<{ outcome: Outcome; violations: Violation[] }> {
  const simulation = new Simulation(shop && { shop })
  const out_trade_no = await given(simulation)
  const others = meanwhile?.(simulation, out_trade_no)
  const hook: Hook = (point, moment) => {
    const fate = fault(point, moment)
    return fate === 'go' && others ? others(point, moment) : fate
  }
  const outcome = await when(simulation, out_trade_no, hook)
  return { outcome, violations: await quiesceAndCheck(simulation) }
}

/** A fault at the n-th port call between paying and refunding. */
export interface PlacedFault {
  n: number
  fault: FaultName
}

/** The shopper's taps between paying and refunding. A tap that failed is tried one more time. */
const TAPS = ['payorder', 'refund', 'queryrefund'] as const

/** Runs from paying to refunding with the faults. @returns the number of port calls */
export async function countCalls(...faults: PlacedFault[]): Promise<number> {
  return (await payAndRefund(faults)).calls
}

/** Runs from paying to refunding with two faults and quiesces. */
export async function runWithTwoFaults(
  first: PlacedFault,
  second: PlacedFault,
): Promise<Violation[]> {
  const { simulation } = await payAndRefund([first, second])
  return quiesceAndCheck(simulation)
}

async function payAndRefund(
  faults: PlacedFault[],
): Promise<{ simulation: Simulation; calls: number }> {
  const simulation = new Simulation()
  const out_trade_no = await charged(simulation)
  const calls: string[] = []
  const hook: Hook = ({ invocation, n }, when) => {
    const call = `${invocation} ${n}`
    if (when === 'before') calls.push(call)
    const number = calls.indexOf(call) + 1
    const placed = faults.find((one) => one.n === number && FAULTS[one.fault][0] === when)
    return placed ? FAULTS[placed.fault][1] : 'go'
  }
  for (const type of TAPS) {
    for (let tries = 0; tries < 2; tries++) {
      const reply = await simulation.call(1, type, { out_trade_no }, hook)
      if (typeof reply === 'object' && reply.code === 0) break
    }
    simulation.clock.advance(10_000)
  }
  return { simulation, calls: calls.length }
}
