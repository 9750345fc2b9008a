import { openidOf } from '../../../../simulator/settings/identity'
import { refundStatus } from '../../../../simulator/wechat-pay/ledger/entities'
import type { Order } from '../../../../typings/contract'
import type { Coverage } from '../../checker/coverage'
import type { Violation } from '../../checker/money-rules'
import { quiesceAndCheck } from '../../checker/quiesce'
import { faultHook } from '../../faults/fault-hook'
import { Random } from '../../simulation/random'
import { MINUTE, Simulation, type ShopCode } from '../../simulation/simulation'
import type { Event, History, RefundByHand, RunStep, Step } from './history'

/** The number of shoppers in the simulator. */
const SHOPPER_COUNT = 9

/** Plays a history and quiesces. @returns the money rules that do not hold at the end */
export async function play(
  { max_unpaid, queryReplies, notified, steps }: History,
  coverage: Coverage,
  shop?: ShopCode,
): Promise<Violation[]> {
  const simulation = new Simulation({ settings: { max_unpaid }, ...(shop && { shop }) })
  simulation.putGoods({ _id: 'free', name: '赠品', description: '', price: 0, picture: '' })
  simulation.ledger.set({ queryReplies })
  for (const step of steps) {
    if (notified || !isUnseen(simulation, step)) await take(simulation, step, coverage)
  }
  const violations = await quiesceAndCheck(simulation, notified)
  coverage.addSimulation(simulation)
  return violations
}

/**
 * Returns whether the timer would miss a refund by hand. The timer queries such refunds once a day
 * as long as the shopper may refund the same money; later only the notification reports them.
 */
function isUnseen(simulation: Simulation, step: Step): boolean {
  if (step.do === 'together') return step.members.some((member) => isUnseen(simulation, member))
  if (step.do !== 'refund by hand') return false
  const paid_at = simulation.ledger.trade(nth(simulation.orders(), step.order)?._id ?? '')?.payment
    ?.paid_at
  return (
    paid_at !== undefined && simulation.clock.now() >= paid_at + simulation.settings.self_refund
  )
}

function take(simulation: Simulation, step: Step, coverage: Coverage): Promise<void> {
  if (step.do === 'together') return takeTogether(simulation, step, coverage)
  return 'faults' in step
    ? run(simulation, step, coverage)
    : Promise.resolve(happen(simulation, step))
}

/** Runs the members at the same time. At each port call a member yields to the others a random number of times. */
async function takeTogether(
  simulation: Simulation,
  { members, pace }: Extract<Step, { do: 'together' }>,
  coverage: Coverage,
): Promise<void> {
  const random = new Random(pace)
  const yieldTurn = async () => {
    for (let turns = random.below(12); turns > 0; turns--) await Promise.resolve()
  }
  await Promise.all(
    members.map(async (member) => {
      await yieldTurn()
      if ('faults' in member) await run(simulation, member, coverage, yieldTurn)
      else happen(simulation, member)
    }),
  )
}

async function run(
  simulation: Simulation,
  step: RunStep,
  coverage: Coverage,
  yieldTurn?: () => Promise<void>,
): Promise<void> {
  const hook = faultHook(step, coverage, yieldTurn)
  switch (step.do) {
    case 'buy': {
      const key = `${step.purchase}`.repeat(32)
      const event = { goods_id: step.goods, key }
      coverage.addReply(await simulation.call(step.shopper, 'unifiedorder', event, hook))
      return
    }
    case 'send nonsense':
      coverage.addReply(await simulation.call(step.shopper, 'unifiedorder', { key: {} }, hook))
      return
    case 'timer':
      await simulation.reconcile(hook)
      return
  }
  const order = nth(simulation.orders(), step.order)
  if (!order) return
  const out_trade_no = order._id
  switch (step.do) {
    case 'tap':
    case 'query refund by number': {
      const data =
        step.do === 'tap'
          ? { out_trade_no }
          : { out_trade_no, out_refund_no: order.refund?.out_refund_no ?? `${out_trade_no}-1` }
      const type = step.do === 'tap' ? step.type : 'queryrefund'
      coverage.addReply(await simulation.call(shopperOf(order, step.by), type, data, hook))
      return
    }
    case 'notify of payment': {
      const body = simulation.paymentNotification(out_trade_no)
      if (body !== undefined) await simulation.notify(body, hook)
      return
    }
    case 'notify of refund': {
      const body = nth(simulation.refundNotifications(out_trade_no), step.refund)
      if (body !== undefined) await simulation.notify(body, hook)
    }
  }
}

function happen(simulation: Simulation, event: Event): void {
  if (event.do === 'wait') {
    // No request stays pending for longer than a minute.
    while (event.ms > MINUTE && simulation.pendingRequests.length > 0) simulation.deliverRequest()
    simulation.clock.advance(event.ms)
    return
  }
  if (event.do === 'arrive') return simulation.deliverRequest(event.n)
  const out_trade_no = nth(simulation.orders(), event.order)?._id ?? ''
  const trade = simulation.ledger.trade(out_trade_no)
  if (!trade) return
  switch (event.do) {
    case 'pay':
      simulation.pay(out_trade_no)
      return
    case 'refunds will end':
      simulation.ledger.setRefundOutcome(out_trade_no, event.as)
      return
    case 'person ends CHANGE':
      for (const refund of simulation.ledger.refunds(out_trade_no)) {
        if (refundStatus(refund, simulation.clock.now()) !== 'CHANGE') continue
        simulation.ledger.endRefund(refund._id, 'SUCCESS')
      }
      return
    case 'refund by hand': {
      refundByHand(simulation, out_trade_no, event.part)
    }
  }
}

function refundByHand(
  { ledger, clock }: Simulation,
  out_trade_no: string,
  part: RefundByHand,
): void {
  const live = ledger
    .refunds(out_trade_no)
    .filter((refund) => refundStatus(refund, clock.now()) !== 'REFUNDCLOSE')
    .reduce((sum, { refund_fee }) => sum + refund_fee, 0)
  const left = (ledger.trade(out_trade_no)?.total_fee ?? 0) - live
  const [count, refund_fee] = {
    rest: [1, left],
    half: [1, Math.ceil(left / 2)],
    fen: [1, 1],
    'twelve parts': [12, Math.floor(left / 12)],
  }[part] as [number, number]
  for (let n = 0; n < count; n++) ledger.refundByHand({ out_trade_no, refund_fee })
}

const nth = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length]

function shopperOf({ _openid }: Order, by: 'owner' | 'stranger'): number {
  const owner = SHOPPERS.find((shopper) => openidOf(shopper) === _openid) ?? 1
  return by === 'owner' ? owner : (owner % SHOPPER_COUNT) + 1
}

const SHOPPERS = Array.from({ length: SHOPPER_COUNT }, (_, n) => n + 1)
