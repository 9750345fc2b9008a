import type { Hook } from '../support/invocation'
import { violationsAtRest, type Violation } from '../support/oracle'
import { comeToRest } from '../support/rest'
import { Simulation } from '../support/simulation'
import { charged } from '../support/story'
import { FAULTS, type FaultName } from './matrix'

/** A fault at the n-th port call of the story. */
export interface Strike {
  n: number
  fault: FaultName
}

/** What the shopper taps between paying and being refunded; each tap once more when it failed. */
const TAPS = ['payorder', 'refund', 'queryrefund'] as const

/** Plays the story. @returns how many port calls it took */
export async function tellStory(...strikes: Strike[]): Promise<number> {
  return (await play(strikes)).calls
}

/** Plays the story with two faults; then WeChat settles and the timer runs. */
export async function strikeTwice(first: Strike, second: Strike): Promise<Violation[]> {
  const { simulation } = await play([first, second])
  await comeToRest(simulation)
  return violationsAtRest(simulation)
}

async function play(strikes: Strike[]): Promise<{ simulation: Simulation; calls: number }> {
  const simulation = new Simulation()
  const out_trade_no = await charged(simulation)
  const calls: string[] = []
  const hook: Hook = ({ invocation, n }, when) => {
    const call = `${invocation} ${n}`
    if (when === 'before') calls.push(call)
    const number = calls.indexOf(call) + 1
    const strike = strikes.find((one) => one.n === number && FAULTS[one.fault][0] === when)
    return strike ? FAULTS[strike.fault][1] : 'go'
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
