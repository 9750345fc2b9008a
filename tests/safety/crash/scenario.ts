import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import type { PayAction, PayReply } from '../../../typings/contract'
import { at } from '../support/hooks'
import { CRASHED, type Hook } from '../support/invocation'
import { refused } from '../support/memory-gateway'
import type { Simulation } from '../support/simulation'

/** One way through one of the shop's functions. */
export interface Scenario {
  name: string
  /** brings the simulation to where the function begins. @returns the order's number */
  given(simulation: Simulation): Promise<string>
  /** the run that meets the faults */
  when(simulation: Simulation, out_trade_no: string, hook: Hook): Promise<Outcome>
  /** what happens beside it: refusals of the gateway, others who are faster */
  meanwhile?(simulation: Simulation, out_trade_no: string): Hook
  /** what comes of it when nothing goes wrong: this way and no other was taken */
  ends: string
}

export type Outcome = PayReply | { done: number; failed: number } | boolean | typeof CRASHED

/** An outcome in a word or two. */
export function show(outcome: Outcome): string {
  if (outcome === CRASHED) return 'crashed'
  if (typeof outcome === 'boolean') return outcome ? 'SUCCESS' : 'FAIL'
  if ('done' in outcome) return `${outcome.done} done, ${outcome.failed} failed`
  if (outcome.code === 1) return outcome.err_code ?? outcome.error
  const { status, refund, merchant_refunds } = outcome.data
  const byHand = merchant_refunds && `by hand ${merchant_refunds.refunded}`
  return [status, refund?.state, byHand].filter((part) => part !== undefined).join(' ')
}

/** Shopper 1 taps. */
export const tap =
  (type: Exclude<PayAction, 'unifiedorder'>) =>
  (simulation: Simulation, out_trade_no: string, hook?: Hook): Promise<Outcome> =>
    simulation.call(1, type, { out_trade_no }, hook)

/** The timer. */
export const timer = (simulation: Simulation, _: string, hook?: Hook): Promise<Outcome> =>
  simulation.reconcile(hook)

/** The first `given`, then `ms` later. */
export const later =
  (ms: number, given: Scenario['given']): Scenario['given'] =>
  async (simulation) => {
    const out_trade_no = await given(simulation)
    simulation.clock.advance(ms)
    return out_trade_no
  }

/** The gateway refuses the first such request, without effect. */
export const refuses = (endpoint: string, err_code: string) => () =>
  at(`wechatPay.${endpoint}`, 'before', () => ({ instead: refused(err_code) }))

/** The gateway does what it is asked and answers something else. */
export const answers =
  (endpoint: string, change: (simulation: Simulation, number: string) => GatewayReply) =>
  (simulation: Simulation, number: string) =>
    at(`wechatPay.${endpoint}`, 'after', () => ({ instead: change(simulation, number) }))

/** Another run is faster: it goes all the way before the first such call has its effect. */
export const faster =
  (name: string, other: (simulation: Simulation, number: string) => Promise<unknown>) =>
  (simulation: Simulation, number: string) =>
    at(name, 'before', async () => void (await other(simulation, number)))

/** What the gateway says of a trade, with some fields changed. */
export function trade(fields: Record<string, string>) {
  return (simulation: Simulation, out_trade_no: string): GatewayReply => {
    const answer = answerRequest(simulation.ledger, 'orderquery', { out_trade_no })
    const said = answer.kind === 'accept' ? answer.fields : {}
    const { appid, mch_id } = simulation.terms
    return { kind: 'ok', fields: { appid, mch_id, ...said, out_trade_no, ...fields } }
  }
}
