import type { GatewayReply } from '../../../cloudfunctions/pay/src/ports'
import type { Fate, Hook, Point } from '../support/invocation'
import { refused } from '../support/memory-gateway'
import type { Coverage } from './coverage'
import type { Run, TroubleKind } from './step'

type When = 'before' | 'after'

/** The faults: what happens to a port call, and on which side of its effect. */
const FAULTS: Readonly<Partial<Record<TroubleKind, readonly [When, Fate]>>> = {
  'crash before': ['before', 'crash'],
  'crash after': ['after', 'crash'],
  'reply lost': ['after', 'fault'],
  'not done': ['before', 'fault'],
  'done late': ['before', 'late'],
}

/**
 * The hook that makes the troubles of a run come about, and counts what it sees. A stranger's
 * database always answers: what a stranger is told then must not depend on anything else.
 */
export function troubled(step: Run, coverage: Coverage, giveWay?: () => Promise<void>): Hook {
  const spared = 'by' in step && step.by === 'stranger' ? 'orders.' : ' '
  const troubles = step.troubles.map(({ n, kind }) => ({ left: n, n, kind }))

  const decide = (point: Point, when: When, reply: unknown): Fate => {
    if (point.name.startsWith(spared)) return 'go'
    for (const trouble of troubles) {
      const fault = FAULTS[trouble.kind]
      if (fault && fault[0] === when && trouble.n === point.n) return fault[1]
      const instead = fault ? undefined : answerInstead(trouble.kind, point, when, reply)
      if (instead !== undefined && --trouble.left === 0) return { instead }
    }
    return 'go'
  }

  return async (point, when, reply) => {
    if (giveWay) await giveWay()
    const fate = decide(point, when, reply)
    if (fate === 'late') coverage.add('a request that arrives late')
    const told = typeof fate === 'object' ? fate.instead : reply
    if (isAnswer(told)) coverage.addAnswer(told)
    if (point.name === 'orders.compareAndSet' && reply === false) {
      coverage.add('a lost compare-and-set')
    }
    return fate
  }
}

/** What is answered in place of the true answer; undefined where that cannot be. */
function answerInstead(kind: TroubleKind, { name }: Point, when: When, reply: unknown): unknown {
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
 * A query is only ever refused because WeChat is busy, or as if it did not know the order (another
 * merchant's number in the configuration is enough); other refusals of it are in its ledger.
 */
function mayRefuse(name: string, err_code: string): boolean {
  if (!name.startsWith('wechatPay.')) return false
  if (err_code === 'SYSTEMERROR' || err_code === 'FREQUENCY_LIMITED') return true
  if (err_code === 'ORDERNOTEXIST') return name === 'wechatPay.orderquery'
  return name === 'wechatPay.unifiedorder' || name === 'wechatPay.refund'
}

const isAnswer = (reply: unknown): reply is GatewayReply =>
  typeof reply === 'object' && reply !== null && 'kind' in reply

const isUnpaid = (reply: unknown): reply is Extract<GatewayReply, { kind: 'ok' }> =>
  isAnswer(reply) && reply.kind === 'ok' && reply.fields['trade_state'] === 'NOTPAY'
