import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import type { Coverage } from '../checker/coverage'
import type { Fate, Hook, Point } from '../simulation/invocation'
import { refused } from '../simulation/memory-gateway'
import type { FaultKind, RunStep } from '../workload/histories/history'
import { FAULTS } from './port-faults'

type When = 'before' | 'after'

/** The port faults by kind; the other kinds are replies of WeChat. */
const PORT_FAULTS: Readonly<Partial<Record<FaultKind, readonly [When, Fate]>>> = FAULTS

/**
 * Returns a hook that injects the planned faults of a run and counts the replies in `coverage`.
 * The database of a stranger's run never fails, because a stranger must always get ORDER_NOT_FOUND.
 */
export function faultHook(
  step: RunStep,
  coverage: Coverage,
  yieldTurn?: () => Promise<void>,
): Hook {
  const exempt = 'by' in step && step.by === 'stranger' ? 'orders.' : ' '
  const faults = step.faults.map(({ n, kind }) => ({ left: n, n, kind }))

  const decide = (point: Point, when: When, reply: unknown): Fate => {
    if (point.name.startsWith(exempt)) return 'go'
    for (const planned of faults) {
      const fault = PORT_FAULTS[planned.kind]
      if (fault && fault[0] === when && planned.n === point.n) return fault[1]
      const instead = fault ? undefined : replyInstead(planned.kind, point, when, reply)
      if (instead !== undefined && --planned.left === 0) return { instead }
    }
    return 'go'
  }

  return async (point, when, reply) => {
    if (yieldTurn) await yieldTurn()
    const fate = decide(point, when, reply)
    if (fate === 'delayed') coverage.add('a delayed request')
    const received = typeof fate === 'object' ? fate.instead : reply
    if (isGatewayReply(received)) coverage.addGatewayReply(received)
    if (point.name === 'orders.compareAndSet' && reply === false) {
      coverage.add('a lost compare-and-set')
    }
    return fate
  }
}

/** Returns the reply that replaces the real one; undefined where this kind is not possible. */
function replyInstead(kind: FaultKind, { name }: Point, when: When, reply: unknown): unknown {
  const [verb, word = ''] = kind.split(' ')
  if (verb === 'refuses') {
    return when === 'before' && mayRefuse(name, word) ? refused(word) : undefined
  }
  if (name === 'messages.send') {
    return when === 'before' && /^[a-z]+$/.test(word) ? word : undefined
  }
  return name === 'wechatPay.orderquery' && /^[A-Z]+$/.test(word) && isUnpaid(reply)
    ? { ...reply, fields: { ...reply.fields, trade_state: word } }
    : undefined
}

/**
 * Returns whether WeChat may refuse this call with the code at random. It refuses a query only when
 * it is busy or reports ORDERNOTEXIST (a wrong merchant number in the configuration causes that);
 * the other refusals of a query come from the ledger.
 */
function mayRefuse(name: string, err_code: string): boolean {
  if (!name.startsWith('wechatPay.')) return false
  if (err_code === 'SYSTEMERROR' || err_code === 'FREQUENCY_LIMITED') return true
  if (err_code === 'ORDERNOTEXIST') return name === 'wechatPay.orderquery'
  return name === 'wechatPay.unifiedorder' || name === 'wechatPay.refund'
}

const isGatewayReply = (reply: unknown): reply is GatewayReply =>
  typeof reply === 'object' && reply !== null && 'kind' in reply

const isUnpaid = (reply: unknown): reply is Extract<GatewayReply, { kind: 'ok' }> =>
  isGatewayReply(reply) && reply.kind === 'ok' && reply.fields['trade_state'] === 'NOTPAY'
