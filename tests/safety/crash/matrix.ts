import type { Fate, Hook, Point } from '../support/invocation'
import { violationsAtRest, type Violation } from '../support/oracle'
import { comeToRest } from '../support/rest'
import { Simulation, type ShopCode } from '../support/simulation'
import { type Outcome, type Scenario } from './scenario'

/** What can happen to one port call. */
export const FAULTS = {
  'crash before': ['before', 'crash'],
  'crash after': ['after', 'crash'],
  'reply lost': ['after', 'fault'],
  'not done': ['before', 'fault'],
  'done late': ['before', 'late'],
} as const satisfies Record<string, readonly ['before' | 'after', Fate]>

export type FaultName = keyof typeof FAULTS

/** Runs a scenario without faults. @returns its outcome and the port calls it made, in order */
export async function rehearse(
  scenario: Scenario,
  shop?: ShopCode,
): Promise<{ outcome: Outcome; points: string[]; violations: Violation[] }> {
  const points: string[] = []
  const { outcome, violations } = await play(
    scenario,
    ({ name }, when) => {
      if (when === 'before') points.push(name)
      return 'go'
    },
    shop,
  )
  return { outcome, points, violations }
}

/** Runs a scenario with one fault at its n-th port call; then WeChat settles and the timer runs. */
export async function strike(
  scenario: Scenario,
  n: number,
  fault: FaultName,
  shop?: ShopCode,
): Promise<Violation[]> {
  const [moment, fate] = FAULTS[fault]
  const { violations } = await play(
    scenario,
    (point, when) => (point.n === n && when === moment ? fate : 'go'),
    shop,
  )
  return violations
}

async function play(
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
  await comeToRest(simulation)
  return { outcome, violations: violationsAtRest(simulation) }
}
