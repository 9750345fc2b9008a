import type { GatewayReply } from '../../../../cloudfunctions/pay/src/ports'
import { handleRequest } from '../../../../simulator/wechat-pay/endpoints'
import type { PayAction, PayReply } from '../../../../typings/contract'
import { at } from '../../faults/port-faults'
import { CRASHED, type Hook } from '../../simulation/invocation'
import { refused } from '../../simulation/memory-gateway'
import type { Simulation } from '../../simulation/simulation'
import type { GivenOrder } from '../sample-orders'

/** One path through one of the shop's functions. */
export interface Scenario {
  name: string
  /** prepares the simulation. @returns the order's number */
  given: GivenOrder
  /** the run into which faults are injected */
  when(simulation: Simulation, out_trade_no: string, hook: Hook): Promise<Outcome>
  /** what happens during the run: refusals of the gateway, concurrent runs */
  meanwhile?(simulation: Simulation, out_trade_no: string): Hook
  /** the outcome without faults; it shows that the run took this path */
  ends: string
}

export type Outcome = PayReply | { done: number; failed: number } | boolean | typeof CRASHED

/** Formats an outcome in a few words. */
export function show(outcome: Outcome): string {
  if (outcome === CRASHED) return 'crashed'
  if (typeof outcome === 'boolean') return outcome ? 'SUCCESS' : 'FAIL'
  if ('done' in outcome) return `${outcome.done} done, ${outcome.failed} failed`
  if (outcome.code === 1) return outcome.err_code ?? outcome.error
  const { status, refund, merchant_refunds } = outcome.data
  const byHand = merchant_refunds && `by hand ${merchant_refunds.refunded}`
  return [status, refund?.state, byHand].filter((part) => part !== undefined).join(' ')
}

/** Taps as shopper 1. */
export const tap =
  (type: Exclude<PayAction, 'unifiedorder'>) =>
  (simulation: Simulation, out_trade_no: string, hook?: Hook): Promise<Outcome> =>
    simulation.call(1, type, { out_trade_no }, hook)

/** Runs the timer. */
export const timer = (simulation: Simulation, _: string, hook?: Hook): Promise<Outcome> =>
  simulation.reconcile(hook)

/** Makes the gateway refuse the first such request without effect. */
export const refuses = (endpoint: string, err_code: string) => () =>
  at(`wechatPay.${endpoint}`, 'before', () => ({ instead: refused(err_code) }))

/** Makes the gateway perform the first such request and reply something else. */
export const repliesWith =
  (endpoint: string, change: (simulation: Simulation, number: string) => GatewayReply) =>
  (simulation: Simulation, number: string) =>
    at(`wechatPay.${endpoint}`, 'after', () => ({ instead: change(simulation, number) }))

/** Completes another run before the first such call has its effect. */
export const before =
  (name: string, other: (simulation: Simulation, number: string) => Promise<unknown>) =>
  (simulation: Simulation, number: string) =>
    at(name, 'before', async () => void (await other(simulation, number)))

/** Returns the gateway's reply about a trade with some fields changed. */
export function trade(fields: Record<string, string>) {
  return (simulation: Simulation, out_trade_no: string): GatewayReply => {
    const reply = handleRequest(simulation.ledger, 'orderquery', { out_trade_no })
    const real = reply.kind === 'accept' ? reply.fields : {}
    const { appid, mch_id } = simulation.settings
    return { kind: 'ok', fields: { appid, mch_id, ...real, out_trade_no, ...fields } }
  }
}
