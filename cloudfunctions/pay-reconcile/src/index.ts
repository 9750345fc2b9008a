import { caller, isPlatform } from '../../pay/src/adapters/cloud'
import { log, shopPorts } from '../../pay/src/adapters/setup'
import { reasonOf } from '../../pay/src/errors'
import { reconcile, type Reconciled } from './reconcile'

/** ms within which orders are begun; the slowest one still ends before the function's limit (60 s). */
const WORKING_TIME = 20_000

/**
 * Finishes what nobody looks at: the timer of config.json calls it every minute.
 * @returns counts only
 */
export async function main(): Promise<Omit<Reconciled, 'why'>> {
  const who = caller()
  const started = Date.now()
  let result: Reconciled = { done: 0, failed: 0 }
  try {
    if (isPlatform(who)) result = await reconcile(shopPorts(), started + WORKING_TIME)
  } catch (error) {
    result.why = reasonOf(error)
  }
  const { done, failed, why } = result
  const outcome = `${done} done, ${failed} failed`
  // A minute in which nothing was due leaves no line.
  if (done + failed > 0 || why) {
    log({ action: 'reconcile', outcome, why, ms: Date.now() - started })
  }
  return { done, failed }
}
