import { handleRequest } from '../../../../simulator/wechat-pay/endpoints'
import type { Violation } from '../../checker/money-rules'
import { quiesceAndCheck } from '../../checker/quiesce'
import type { Hook } from '../../simulation/invocation'
import { Random } from '../../simulation/random'
import type { ShopCode, Simulation } from '../../simulation/simulation'
import { actors, stagesOf, type ActorName } from './actors'
import { ChoiceTree } from './choices'
import { classOf, staysLeast, type Step } from './equivalence'
import { isMistaken, StageCache, type Stage } from './stages'

/** The result of running schedules of two actors. */
export interface ScheduleResult {
  /** the number of schedules, no two of them equivalent */
  schedules: number
  /** whether no other schedules exist */
  exhausted: boolean
  /** the violations of the last schedule, and its steps */
  broken: { stage: Stage; violations: Violation[]; schedule: string } | undefined
}

/**
 * Runs schedules of two actors on one order, no two of them equivalent, until `wanted` have run, no
 * others exist or a money rule is broken. Every port call waits for its turn before its effect.
 */
export async function runSchedules(
  pair: readonly [ActorName, ActorName],
  { wanted, seed, shop }: { wanted: number; seed: number; shop?: ShopCode },
): Promise<ScheduleResult> {
  const stages = stagesOf(...pair)
  const random = new Random(seed)
  const choices = new ChoiceTree()
  const cache = new StageCache(shop)
  const classes = new Set<string>()
  let broken: ScheduleResult['broken']
  while (classes.size < wanted && !choices.exhausted && !broken) {
    const path = choices.newPath(random)
    const stage = path.choose(stages)
    const { simulation, out_trade_no } = await cache.at(stage)
    const schedule = await act(pair, simulation, out_trade_no, (possible, steps) => {
      // The least schedules of all classes are enough. A path that cannot become one ends anyhow.
      const least = possible.filter((step) => staysLeast(steps, step))
      const options = least.length > 0 ? least : possible.slice(0, 1)
      const chosen = path.choose(options.map(nameOf))
      return options.find((step) => nameOf(step) === chosen)!
    })
    path.end()
    const found = `${stage}: ${classOf(schedule)}`
    if (classes.has(found)) continue
    classes.add(found)
    const early = isMistaken(stage) ? [] : closedBeforeWeChat(simulation)
    const violations = [...early, ...(await quiesceAndCheck(simulation))]
    if (violations.length > 0) {
      broken = { stage, violations, schedule: schedule.map(nameOf).join('\n') }
    }
  }
  return { schedules: classes.size, exhausted: choices.exhausted, broken }
}

const nameOf = ({ actor, what }: Step) => `${actor} ${what}`

/**
 * Runs both actors.
 * @param choose returns the next step, one of those that are possible
 * @returns the schedule
 */
export async function act(
  pair: readonly [ActorName, ActorName],
  simulation: Simulation,
  out_trade_no: string,
  choose: (possible: readonly Step[], schedule: readonly Step[]) => Step,
): Promise<Step[]> {
  const schedule: Step[] = []
  const waiting = new Map<Step, () => void>()
  const turnOf = (actor: number) => (what: string) =>
    new Promise<void>((resolve) => waiting.set({ actor, what, since: schedule.length }, resolve))
  let isOver = false
  const acts = pair.map((name, n) => {
    const turn = turnOf(n + 1)
    const hook: Hook = (point, when) =>
      when === 'before' ? turn(`${point.name} ${point.n}`).then(() => 'go') : 'go'
    return actors[name].act(simulation, out_trade_no, hook, () => turn('begins'))
  })
  const both = Promise.all(acts).finally(() => (isOver = true))
  for (;;) {
    // Everything that needs no turn happens first.
    await new Promise(setImmediate)
    if (isOver) break
    if (waiting.size === 0) continue
    const step = choose([...waiting.keys()], schedule)
    const go = waiting.get(step)!
    waiting.delete(step)
    schedule.push(step)
    go()
  }
  await both
  return schedule
}

/** Rule 6: an order is closed only when WeChat has closed it, except at stages where WeChat was wrong. */
function closedBeforeWeChat(simulation: Simulation): Violation[] {
  return simulation
    .orders()
    .filter(({ _id, status }) => status === 2 && isOpen(simulation, _id))
    .map(({ _id }) => ({ rule: 6, what: `${_id} is closed here but not at WeChat` }))
}

function isOpen({ ledger }: Simulation, out_trade_no: string): boolean {
  const reply = handleRequest(ledger, 'orderquery', { out_trade_no })
  return reply.kind === 'accept' && reply.fields.trade_state !== 'CLOSED'
}
