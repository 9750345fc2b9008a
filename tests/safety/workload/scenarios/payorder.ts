import { at } from '../../faults/port-faults'
import type { Simulation } from '../../simulation/simulation'
import { charged, ordered, paidWithMessageOwed } from '../sample-orders'
import { faster, refuses, tap, type Scenario } from './scenario'

const when = tap('payorder')

const notified = (simulation: Simulation, number: string) =>
  simulation.notify(simulation.paymentNotification(number)!)

/** Replaces WeChat's answer to the message. */
const messageIs = (outcome: 'refused' | 'later' | 'unknown') => () =>
  at('messages.send', 'before', () => ({ instead: outcome }))

export const payorder: Scenario[] = [
  { name: 'paid', given: charged, when, ends: '1' },
  { name: 'not paid', given: ordered, when, ends: '0' },
  {
    name: 'WeChat does not answer',
    given: charged,
    when,
    meanwhile: refuses('orderquery', 'FREQUENCY_LIMITED'),
    ends: 'UNKNOWN',
  },
  { name: 'settled before', given: paidWithMessageOwed, when, ends: '1' },
  {
    name: 'the notification is faster',
    given: charged,
    when,
    meanwhile: faster('orders.compareAndSet', notified),
    ends: '1',
  },
  {
    name: 'a refund is faster than the note that the message was sent',
    given: charged,
    when,
    meanwhile: faster('messages.send', tap('refund')),
    ends: '3 PROCESSING',
  },
  {
    name: 'the payer wants no message',
    given: charged,
    when,
    meanwhile: messageIs('refused'),
    ends: '1',
  },
  { name: 'a message for later', given: charged, when, meanwhile: messageIs('later'), ends: '1' },
  {
    name: 'a message perhaps sent',
    given: charged,
    when,
    meanwhile: messageIs('unknown'),
    ends: '1',
  },
]
