import fc from 'fast-check'
import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import type { Hook } from '../support/invocation'
import { violationsAtRest, type Violation } from '../support/oracle'
import { Random } from '../support/random'
import { comeToRest } from '../support/rest'
import type { ShopCode, Simulation } from '../support/simulation'
import { actors, stagesOf, type ActorName } from './actors'
import { Choices } from './choices'
import { Copies, isMistaken, type Stage } from './stages'

/** The schedules of two actors that were run. */
export interface Run {
  /** how many, each different */
  schedules: number
  /** whether there are no others */
  exhausted: boolean
  /** what broke in the last one, and how it can be had again */
  broken: { stage: Stage; violations: Violation[]; schedule: string } | undefined
}

/**
 * Runs different schedules of two actors over one order at some stage, until there are `wanted`, no
 * others, or a money rule is broken. Every port call waits for its turn before and after its effect;
 * the order of turns is the schedule.
 */
export async function runSchedules(
  pair: readonly [ActorName, ActorName],
  { wanted, seed, shop }: { wanted: number; seed: number; shop?: ShopCode },
): Promise<Run> {
  const stages = stagesOf(...pair)
  const random = new Random(seed)
  const choices = new Choices()
  const copies = new Copies(shop)
  let schedules = 0
  let broken: Run['broken']
  while (schedules < wanted && !choices.exhausted && !broken) {
    const way = choices.newWay(random)
    const stage = way.choose(stages)
    const { simulation, out_trade_no } = await copies.at(stage)
    const schedule = await act(pair, simulation, out_trade_no, way.choose)
    way.end()
    schedules++
    const early = isMistaken(stage) ? [] : closedTooEarly(simulation)
    await comeToRest(simulation)
    const violations = [...early, ...violationsAtRest(simulation)]
    if (violations.length > 0) broken = { stage, violations, schedule }
  }
  return { schedules, exhausted: choices.exhausted, broken }
}

/** Both act; whose turn it is, is chosen. @returns the schedule as fast-check writes it */
async function act(
  pair: readonly [ActorName, ActorName],
  simulation: Simulation,
  out_trade_no: string,
  choose: (turns: readonly string[]) => string,
): Promise<string> {
  // The scheduler reads its ordering no further than it has come: the end is still open.
  const ordering: number[] = []
  const scheduler = fc.schedulerFor(ordering)
  const waiting = new Map<string, number>()
  let turns = 0
  const turnOf = (actor: number) => (what: string) => {
    const turn = `${actor} ${what}`
    waiting.set(turn, ++turns)
    return scheduler.schedule(Promise.resolve(), turn)
  }
  const acts = pair.map((name, n) => {
    const turn = turnOf(n + 1)
    const hook: Hook = (point, when) => turn(`${when} ${point.name} ${point.n}`).then(() => 'go')
    return actors[name].act(simulation, out_trade_no, hook, () => turn('begins'))
  })
  await scheduler.waitFor(Promise.all(acts), (go) => {
    const turn = choose([...waiting.keys()])
    ordering.push(waiting.get(turn)!)
    waiting.delete(turn)
    return go()
  })
  return fc.stringify(scheduler)
}

/** Rule 6: an order has ended only when WeChat closed it. Not so where WeChat itself was wrong. */
function closedTooEarly(simulation: Simulation): Violation[] {
  return simulation
    .orders()
    .filter(({ _id, status }) => status === 2 && isOpen(simulation, _id))
    .map(({ _id }) => ({ rule: 6, what: `${_id} is closed here, and not at WeChat` }))
}

function isOpen({ ledger }: Simulation, out_trade_no: string): boolean {
  const answer = answerRequest(ledger, 'orderquery', { out_trade_no })
  return answer.kind === 'accept' && answer.fields.trade_state !== 'CLOSED'
}
