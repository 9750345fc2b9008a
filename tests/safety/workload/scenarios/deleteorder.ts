import { closedTooEarly, paid, paidAfterClosing, refunded } from '../sample-orders'
import { before, tap, type Scenario } from './scenario'

const when = tap('deleteorder')

export const deleteorder: Scenario[] = [
  { name: 'closed', given: closedTooEarly, when, ends: '2' },
  { name: 'refunded', given: refunded, when, ends: '4 SUCCESS' },
  { name: 'paid', given: paid, when, ends: 'NOT_ALLOWED_NOW' },
  {
    name: 'a concurrent query settles a late payment',
    given: paidAfterClosing,
    when,
    meanwhile: before('orders.compareAndSet', tap('orderquery')),
    ends: 'NOT_ALLOWED_NOW',
  },
]
