import { change } from '../../cloudfunctions/pay/src/change'
import type { OrdersPort } from '../../cloudfunctions/pay/src/ports'
import type { Order } from '../../typings/contract'
import { newOrder } from '../safety/contract/sample'
import { Invocation } from '../safety/support/invocation'
import { Simulation } from '../safety/support/simulation'

const simulation = new Simulation()
const mine = (step: string) => `the call ${step}`

/** Ports whose database loses each reply and then holds what `rows` says, one after the other. */
function losing(...rows: Order[]) {
  const ports = simulation.shopPorts(new Invocation('the call'))
  let reads = 0
  const written: unknown[] = []
  const orders: OrdersPort = {
    ...ports.orders,
    async compareAndSet(order, changes) {
      written.push([order.rev, changes.hidden])
      throw new Error('the reply was lost')
    },
    get: async () => rows[Math.min(reads++, rows.length - 1)],
  }
  return { ports: { ...ports, orders }, written }
}

const order = newOrder(simulation.clock.now())
const hide = (current: Order) => (current.hidden ? undefined : { hidden: true })

test('a write whose reply was lost is found by its mark at the very next rev', async () => {
  const row = { ...order, rev: 2, moved_by: mine('hide'), hidden: true }
  const { ports, written } = losing(row)
  expect(await change(ports, order, 'hide', hide)).toMatchObject({
    order: row,
    wrote: { hidden: true, rev: 2 },
  })
  expect(written).toHaveLength(1)
})

test('the same mark at a later rev is an earlier write of the same step: it decides again', async () => {
  const later = { ...order, rev: 5, moved_by: mine('hide') }
  const done = { ...later, rev: 6, hidden: true }
  const { ports, written } = losing(later, done)
  expect(await change(ports, order, 'hide', hide)).toMatchObject({
    order: done,
    wrote: { hidden: true, rev: 6 },
  })
  expect(written).toEqual([
    [1, true],
    [5, true],
  ])
})

test('what is done already is not written', async () => {
  const done = { ...order, rev: 2, moved_by: 'another call hide', hidden: true }
  const { ports, written } = losing(done)
  expect(await change(ports, order, 'hide', hide)).toEqual({ order: done, wrote: undefined })
  expect(await change(ports, done, 'hide', hide)).toEqual({ order: done, wrote: undefined })
  expect(written).toHaveLength(1)
})

test('five lost attempts are an unknown outcome', async () => {
  const { ports, written } = losing(order)
  await expect(change(ports, order, 'hide', hide)).rejects.toMatchObject({ error: 'UNKNOWN' })
  expect(written).toHaveLength(5)
})
