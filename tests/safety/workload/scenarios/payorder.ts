import { at } from '../../faults/port-faults'
import type { Simulation } from '../../simulation/simulation'
import { charged, ordered, paidWithMessageOwed } from '../sample-orders'
import { before, refuses, tap, type Scenario } from './scenario'

const when = tap('payorder')

const notified = (simulation: Simulation, number: string) =>
  simulation.notify(simulation.paymentNotification(number)!)

/** Replaces WeChat's reply to the message. */
const messageIs = (outcome: 'refused' | 'later' | 'unknown') => () =>
  at('messages.send', 'before', () => ({ instead: outcome }))

export const payorder: Scenario[] = [
  { name: 'paid', given: charged, when, ends: '1' },
  { name: 'not paid', given: ordered, when, ends: '0' },
  {
    name: 'WeChat replies FREQUENCY_LIMITED to orderquery',
    given: charged,
    when,
    meanwhile: refuses('orderquery', 'FREQUENCY_LIMITED'),
    ends: 'UNKNOWN',
  },
  { name: 'settled already', given: paidWithMessageOwed, when, ends: '1' },
  {
    name: 'the notification settles it first',
    given: charged,
    when,
    meanwhile: before('orders.compareAndSet', notified),
    ends: '1',
  },
  {
    name: 'a refund is stored before the message is marked as sent',
    given: charged,
    when,
    meanwhile: before('messages.send', tap('refund')),
    ends: '3 PROCESSING',
  },
  {
    name: 'the payer accepts no messages',
    given: charged,
    when,
    meanwhile: messageIs('refused'),
    ends: '1',
  },
  {
    name: 'a message that WeChat refused temporarily',
    given: charged,
    when,
    meanwhile: messageIs('later'),
    ends: '1',
  },
  {
    name: 'a message that may have been sent',
    given: charged,
    when,
    meanwhile: messageIs('unknown'),
    ends: '1',
  },
]
