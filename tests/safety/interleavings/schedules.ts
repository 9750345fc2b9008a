import fc from 'fast-check'
import type { Hook } from '../support/invocation'
import { violationsAtRest } from '../support/oracle'
import { Random } from '../support/random'
import { comeToRest } from '../support/rest'
import { actors, stagesOf, type ActorName } from './actors'
import { Choices } from './choices'
import { worldAt, type Stage } from './stages'

/**
 * Runs different schedules of two actors over one order at some stage, until there are `wanted` or
 * no others. Every port call waits for its turn before and after its effect; the order of turns is
 * the schedule.
 * @returns how many were run, and whether there are others
 * @throws Error with the schedule that broke a money rule, and the rule
 */
export async function runSchedules(
  pair: readonly [ActorName, ActorName],
  { wanted, seed }: { wanted: number; seed: number },
): Promise<{ schedules: number; exhausted: boolean }> {
  const stages = stagesOf(...pair)
  const random = new Random(seed)
  const choices = new Choices()
  let schedules = 0
  for (; schedules < wanted && !choices.exhausted; schedules++) {
    const way = choices.newWay(random)
    await runSchedule(pair, way.choose(stages), way.choose)
    way.end()
  }
  return { schedules, exhausted: choices.exhausted }
}

async function runSchedule(
  pair: readonly [ActorName, ActorName],
  stage: Stage,
  choose: <T extends string>(turns: readonly T[]) => T,
): Promise<void> {
  const { world, out_trade_no } = await worldAt(stage)
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
    const hook: Hook = (point, when) => turn(`${when} ${point.name}`).then(() => 'go')
    return actors[name].act(world, out_trade_no, hook, () => turn('begins'))
  })
  await scheduler.waitFor(Promise.all(acts), (go) => {
    const turn = choose([...waiting.keys()])
    ordering.push(waiting.get(turn)!)
    waiting.delete(turn)
    return go()
  })
  await comeToRest(world)
  const violations = violationsAtRest(world)
  if (violations.length === 0) return
  throw new Error(`${stage}: ${JSON.stringify(violations)} after ${fc.stringify(scheduler)}`)
}
