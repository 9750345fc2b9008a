import { at } from '../../faults/port-faults'
import { MINUTE } from '../../simulation/simulation'
import { later, cancelled, charged, ordered } from '../sample-orders'
import { before, refuses, tap, type Scenario } from './scenario'

const when = tap('closeorder')
const closable = later(6 * MINUTE, ordered)

export const closeorder: Scenario[] = [
  { name: 'within five minutes', given: ordered, when, ends: '0' },
  { name: 'within five minutes, again', given: cancelled, when, ends: '0' },
  { name: 'after five minutes', given: closable, when, ends: '2' },
  { name: 'closed by WeChat itself', given: later(36 * MINUTE, ordered), when, ends: '2' },
  { name: 'paid', given: charged, when, ends: 'NOT_ALLOWED_NOW' },
  {
    name: 'paid between query and closing',
    given: closable,
    when,
    meanwhile: before('wechatPay.closeorder', async (simulation, number) => simulation.pay(number)),
    ends: '1',
  },
  {
    name: 'a concurrent tap writes first',
    given: closable,
    when,
    meanwhile: before('orders.compareAndSet', when),
    ends: '2',
  },
  {
    name: 'a payment is settled before the close request is stored',
    given: closable,
    when,
    meanwhile: before('orders.compareAndSet', async (simulation, number) => {
      simulation.pay(number)
      await tap('payorder')(simulation, number)
    }),
    ends: '1',
  },
  {
    name: 'WeChat replies SYSTEMERROR to orderquery',
    given: closable,
    when,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: '2',
  },
  {
    name: 'closeorder does not reach WeChat',
    given: closable,
    when,
    meanwhile: () => at('wechatPay.closeorder', 'before', () => 'fault'),
    ends: '0',
  },
]
