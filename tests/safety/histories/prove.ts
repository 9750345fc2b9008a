import { report, rounds, seed } from '../support/rounds'
import type { ShopCode } from '../support/simulation'
import { Coverage, RACES } from './coverage'
import { generate } from './generate'
import { play } from './play'
import { shrink } from './shrink'
import { show } from './step'

/**
 * Plays as many random histories as the rounds say and reports the rate.
 * @returns what was met too seldom
 * @throws Error with the shortest history found that breaks a money rule
 */
export async function prove(
  what: string,
  floor: number,
  overlap: boolean,
  shop?: ShopCode,
): Promise<Record<string, number>> {
  const count = rounds(floor)
  const coverage = new Coverage()
  const began = performance.now()
  for (let n = 0; n < count; n++) {
    const history = generate(seed + n, overlap)
    const violations = await play(history, coverage, shop)
    if (violations.length === 0) continue
    const fails = async (shorter: typeof history) =>
      (await play(shorter, new Coverage(), shop)).length > 0
    const short = await shrink(history, fails)
    const broken = await play(short, new Coverage(), shop)
    throw new Error(`SEED=${seed + n}\n${show(short)}\n${JSON.stringify(broken, null, 2)}`)
  }
  const rate = Math.round((count / (performance.now() - began)) * 60_000)
  report(`${what}: ${count} histories, 0 violations, ${rate} a minute`)
  return coverage.tooSeldom(count / floor, overlap ? RACES : [])
}
