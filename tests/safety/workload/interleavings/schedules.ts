import fc from 'fast-check'
import { answerRequest } from '../../../../simulator/wechat-pay/endpoints'
import { checkFinalState, type Violation } from '../../checker/money-rules'
import { quiesce } from '../../checker/quiesce'
import type { Hook } from '../../simulation/invocation'
import { Random } from '../../simulation/random'
import type { ShopCode, Simulation } from '../../simulation/simulation'
import { actors, stagesOf, type ActorName } from './actors'
import { ChoiceTree } from './choices'
import { isMistaken, StageCache, type Stage } from './stages'

/** The result of running schedules of two actors. */
export interface Run {
  /** the number of different schedules */
  schedules: number
  /** whether no other schedules exist */
  exhausted: boolean
  /** the violations of the last schedule, and how to reproduce it */
  broken: { stage: Stage; violations: Violation[]; schedule: string } | undefined
}

/**
 * Runs different schedules of two actors on one order, until `wanted` schedules have run, no others
 * exist or a money rule is broken. Every port call waits for its turn before and after its effect;
 * the sequence of turns is the schedule.
 */
export async function runSchedules(
  pair: readonly [ActorName, ActorName],
  { wanted, seed, shop }: { wanted: number; seed: number; shop?: ShopCode },
): Promise<Run> {
  const stages = stagesOf(...pair)
  const random = new Random(seed)
  const choices = new ChoiceTree()
  const cache = new StageCache(shop)
  let schedules = 0
  let broken: Run['broken']
  while (schedules < wanted && !choices.exhausted && !broken) {
    const path = choices.newPath(random)
    const stage = path.choose(stages)
    const { simulation, out_trade_no } = await cache.at(stage)
    const schedule = await act(pair, simulation, out_trade_no, path.choose)
    path.end()
    schedules++
    const early = isMistaken(stage) ? [] : closedTooEarly(simulation)
    await quiesce(simulation)
    const violations = [...early, ...checkFinalState(simulation)]
    if (violations.length > 0) broken = { stage, violations, schedule }
  }
  return { schedules, exhausted: choices.exhausted, broken }
}

/** Runs both actors; `choose` decides each turn. @returns the schedule in fast-check's notation */
async function act(
  pair: readonly [ActorName, ActorName],
  simulation: Simulation,
  out_trade_no: string,
  choose: (turns: readonly string[]) => string,
): Promise<string> {
  // The scheduler reads its ordering step by step, so more turns can be added while it runs.
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

/** Rule 6: an order is closed only when WeChat has closed it, except at stages where WeChat was wrong. */
function closedTooEarly(simulation: Simulation): Violation[] {
  return simulation
    .orders()
    .filter(({ _id, status }) => status === 2 && isOpen(simulation, _id))
    .map(({ _id }) => ({ rule: 6, what: `${_id} is closed here but not at WeChat` }))
}

function isOpen({ ledger }: Simulation, out_trade_no: string): boolean {
  const answer = answerRequest(ledger, 'orderquery', { out_trade_no })
  return answer.kind === 'accept' && answer.fields.trade_state !== 'CLOSED'
}
