import { change } from '../../cloudfunctions/pay/src/change'
import type { OrdersPort } from '../../cloudfunctions/pay/src/ports'
import type { Order } from '../../typings/contract'
import { Invocation } from '../safety/simulation/invocation'
import { Simulation } from '../safety/simulation/simulation'
import { newOrder } from '../safety/workload/sample-orders'

const simulation = new Simulation()
const markOf = (step: string) => `the call ${step}`

/** Creates ports whose database loses the reply to every write; reads return `rows` one by one. */
function portsThatLoseReplies(...rows: Order[]) {
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

test('a write whose reply was lost counts as done if the row has its mark at the very next rev', async () => {
  const row = { ...order, rev: 2, moved_by: markOf('hide'), hidden: true }
  const { ports, written } = portsThatLoseReplies(row)
  expect(await change(ports, order, 'hide', hide)).toMatchObject({
    order: row,
    wrote: { hidden: true, rev: 2 },
  })
  expect(written).toHaveLength(1)
})

test('the same mark at a later rev is from an earlier write of this step: the change is decided again', async () => {
  const later = { ...order, rev: 5, moved_by: markOf('hide') }
  const done = { ...later, rev: 6, hidden: true }
  const { ports, written } = portsThatLoseReplies(later, done)
  expect(await change(ports, order, 'hide', hide)).toMatchObject({
    order: done,
    wrote: { hidden: true, rev: 6 },
  })
  expect(written).toEqual([
    [1, true],
    [5, true],
  ])
})

test('a change that is already stored is not written again', async () => {
  const done = { ...order, rev: 2, moved_by: 'another call hide', hidden: true }
  const { ports, written } = portsThatLoseReplies(done)
  expect(await change(ports, order, 'hide', hide)).toEqual({ order: done, wrote: undefined })
  expect(await change(ports, done, 'hide', hide)).toEqual({ order: done, wrote: undefined })
  expect(written).toHaveLength(1)
})

test('after five failed attempts the outcome is unknown', async () => {
  const { ports, written } = portsThatLoseReplies(order)
  await expect(change(ports, order, 'hide', hide)).rejects.toMatchObject({ error: 'UNKNOWN' })
  expect(written).toHaveLength(5)
})
