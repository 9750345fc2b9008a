import { setTimeout as sleep } from 'node:timers/promises'
import { caller, isPlatform } from '../../pay/src/adapters/cloud'
import { log, shopPorts } from '../../pay/src/adapters/setup'
import { reasonOf } from '../../pay/src/errors'
import { reconcile } from './reconcile'

/** For how long (ms) a run starts new orders. Even the slowest then ends within the function's 60 s. */
const WORKING_TIME = 35_000

/**
 * Reconciles the orders that are due. The timer in config.json calls it every minute.
 * @returns only counts
 */
export async function main(): Promise<{ done: number; failed: number }> {
  const who = caller()
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const note = (outcome: string, why?: string, out_trade_no?: string) =>
    log({ action: 'reconcile', outcome, why, out_trade_no, ms: Math.round(elapsed()) })
  if (!isPlatform(who)) return { done: 0, failed: 0 }
  try {
    const stopwatch = { elapsed, pause: (ms: number) => sleep(ms) }
    const run = await reconcile(shopPorts(), WORKING_TIME, stopwatch)
    const { done, failed, reasons, notLeased, noUsableReply } = run
    const why = Object.entries(reasons).map(([reason, count]) => `${reason} ×${count}`)
    // A run without due orders is not logged.
    if (done + failed + why.length > 0) {
      note(`${done} done, ${failed} failed`, why.join(', ') || undefined)
    }
    if (notLeased.length > 0) note(`${notLeased.length} not leased`, 'the first', notLeased[0])
    if (noUsableReply) note('no reply of WeChat Pay could be used: check MCHID, KEY and P12')
    return { done, failed }
  } catch (error) {
    note('stopped', reasonOf(error))
    return { done: 0, failed: 0 }
  }
}
