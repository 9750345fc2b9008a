import { openidOf } from '../../../simulator/settings/identity'
import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import type { Order } from '../../../typings/contract'
import { violationsAtRest, type Violation } from '../support/oracle'
import { Random } from '../support/random'
import { comeToRest } from '../support/rest'
import { MINUTE, World, type ShopCode } from '../support/world'
import type { Coverage } from './coverage'
import type { Event, History, RefundByHand, Run, Step } from './step'
import { troubled } from './trouble'

/** How many shoppers the simulator has. */
const SHOPPERS = 9

/** Plays a history to its end. @returns the money rules that do not hold then */
export async function play(
  { max_unpaid, queryReplies, notified, steps }: History,
  coverage: Coverage,
  shop?: ShopCode,
): Promise<Violation[]> {
  const world = new World({ terms: { max_unpaid }, ...(shop && { shop }) })
  world.putGoods({ _id: 'free', name: '赠品', description: '', price: 0, picture: '' })
  world.ledger.set({ queryReplies })
  for (const step of steps) {
    if (notified || !isUnseen(world, step)) await take(world, step, coverage)
  }
  await comeToRest(world, notified)
  coverage.addWorld(world)
  return violationsAtRest(world)
}

/**
 * True for a refund by hand that only its notification, the page or the bill can tell of: the
 * timer looks for such refunds once a day as long as the shopper could refund the same money.
 */
function isUnseen(world: World, step: Step): boolean {
  if (step.do === 'together') return step.members.some((member) => isUnseen(world, member))
  if (step.do !== 'refund by hand') return false
  const paid_at = world.ledger.trade(nth(world.orders(), step.order)?._id ?? '')?.payment?.paid_at
  return paid_at !== undefined && world.clock.now() >= paid_at + world.terms.self_refund
}

function take(world: World, step: Step, coverage: Coverage): Promise<void> {
  if (step.do === 'together') return takeTogether(world, step, coverage)
  return 'troubles' in step ? run(world, step, coverage) : Promise.resolve(happen(world, step))
}

/** Every member gives way to the others at its port calls, as often as chance wants. */
async function takeTogether(
  world: World,
  { members, pace }: Extract<Step, { do: 'together' }>,
  coverage: Coverage,
): Promise<void> {
  const random = new Random(pace)
  const giveWay = async () => {
    for (let turns = random.below(12); turns > 0; turns--) await Promise.resolve()
  }
  await Promise.all(
    members.map(async (member) => {
      await giveWay()
      if ('troubles' in member) await run(world, member, coverage, giveWay)
      else happen(world, member)
    }),
  )
}

async function run(
  world: World,
  step: Run,
  coverage: Coverage,
  giveWay?: () => Promise<void>,
): Promise<void> {
  const hook = troubled(step, coverage, giveWay)
  switch (step.do) {
    case 'buy': {
      const key = `${step.intent}`.repeat(32)
      const event = { goods_id: step.goods, key }
      coverage.addReply(await world.call(step.shopper, 'unifiedorder', event, hook))
      return
    }
    case 'send nonsense':
      coverage.addReply(await world.call(step.shopper, 'unifiedorder', { key: {} }, hook))
      return
    case 'timer':
      await world.reconcile(hook)
      return
  }
  const order = nth(world.orders(), step.order)
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
      coverage.addReply(await world.call(shopperOf(order, step.by), type, data, hook))
      return
    }
    case 'notify of payment': {
      const body = world.paymentNotification(out_trade_no)
      if (body !== undefined) await world.notify(body, hook)
      return
    }
    case 'notify of refund': {
      const body = nth(world.refundNotifications(out_trade_no), step.refund)
      if (body !== undefined) await world.notify(body, hook)
    }
  }
}

function happen(world: World, event: Event): void {
  if (event.do === 'wait') {
    // No request is under way for longer than this.
    while (event.ms > MINUTE && world.underWay.length > 0) world.arrive()
    world.clock.advance(event.ms)
    return
  }
  if (event.do === 'arrive') return world.arrive(event.n)
  const out_trade_no = nth(world.orders(), event.order)?._id ?? ''
  const trade = world.ledger.trade(out_trade_no)
  if (!trade) return
  switch (event.do) {
    case 'pay':
      world.pay(out_trade_no)
      return
    case 'refunds will end':
      world.ledger.setRefundOutcome(out_trade_no, event.as)
      return
    case 'person settles CHANGE':
      for (const refund of world.ledger.refunds(out_trade_no)) {
        if (refundStatus(refund, world.clock.now()) !== 'CHANGE') continue
        world.ledger.settleRefund(refund._id, 'SUCCESS')
      }
      return
    case 'refund by hand': {
      refundByHand(world, out_trade_no, event.part)
    }
  }
}

function refundByHand({ ledger, clock }: World, out_trade_no: string, part: RefundByHand): void {
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
  const owner = shoppers.find((shopper) => openidOf(shopper) === _openid) ?? 1
  return by === 'owner' ? owner : (owner % SHOPPERS) + 1
}

const shoppers = Array.from({ length: SHOPPERS }, (_, n) => n + 1)
