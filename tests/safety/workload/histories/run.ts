import { seed } from '../../../support/run/full-run'
import { Coverage, RACES } from '../../checker/coverage'
import type { ShopCode } from '../../simulation/simulation'
import { report, rounds } from '../rounds'
import { generate } from './generate'
import { show } from './history'
import { play } from './play'
import { shrink } from './shrink'

/** How many histories the full run plays. */
const FULL = 5000

/**
 * Plays one random history for each round and reports the rate.
 * @returns the situations that occurred too rarely, and their counts
 * @throws Error with the shortest history found that breaks a money rule
 */
export async function runHistories(
  what: string,
  overlap: boolean,
  shop?: ShopCode,
): Promise<Record<string, number>> {
  const count = rounds(FULL, 300)
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
    throw new Error(`--seed ${seed + n}\n${show(short)}\n${JSON.stringify(broken, null, 2)}`)
  }
  const rate = Math.round((count / (performance.now() - began)) * 60_000)
  report(`${what}: ${count} histories, 0 violations, ${rate} a minute`)
  return coverage.tooRare(count / FULL, overlap ? RACES : [])
}
