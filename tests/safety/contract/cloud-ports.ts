import { randomBytes } from 'node:crypto'
import type { Fen, Order } from '../../../typings/contract'
import { newOrder, OTHER, OWNER } from './sample'
import type { Subject } from './subject'

/** How goods, orders and messages behave, whatever serves them. */
export function describeCloudPorts(opened: () => Subject): void {
  const mine = () => opened().orders({ _openid: OWNER })
  const everybodys = () => opened().orders({})

  async function added(changes?: Partial<Order>): Promise<Order> {
    const order = newOrder(opened().now(), changes)
    await mine().add(order)
    return order
  }

  /** What the database holds, as plain JSON. */
  const stored = ({ _id }: Order) =>
    JSON.parse(JSON.stringify(opened().database.get('orders', _id)))

  describe('goods', () => {
    test('a document comes whole', async () => {
      const goods = { _id: 'contract', name: '月饼', price: 1.5, _openid: 'o', picture: null }
      opened().database.insert('goods', [goods])
      expect(await opened().goods.get('contract')).toEqual(goods)
    })

    test('none is undefined', async () => {
      expect(await opened().goods.get('none')).toBeUndefined()
    })
  })

  describe('orders', () => {
    test('what was added is read back whole', async () => {
      const order = await added({ close_requested_at: 5, refund: undefined as never })
      expect(await mine().get(order._id)).toEqual(order)
      expect(Object.keys(stored(order))).not.toContain('refund')
    })

    test('an order that is not there is undefined', async () => {
      expect(await mine().get('0'.repeat(32))).toBeUndefined()
    })

    test('somebody else’s order is not there', async () => {
      const order = await added()
      expect(await opened().orders({ _openid: OTHER }).get(order._id)).toBeUndefined()
    })

    test('the shop itself sees every order', async () => {
      const order = await added()
      expect(await everybodys().get(order._id)).toEqual(order)
    })

    test('a second order of one number rejects, and the first stays', async () => {
      const order = await added()
      await expect(mine().add({ ...order, body: 'other' })).rejects.toThrow()
      expect(stored(order)).toEqual(order)
    })

    test('a write with the right rev is made', async () => {
      const order = await added()
      expect(await mine().compareAndSet(order, { rev: 2, hidden: true })).toBe(true)
      expect(stored(order)).toEqual({ ...order, rev: 2, hidden: true })
    })

    test('a write with another rev is not', async () => {
      const order = await added()
      expect(await mine().compareAndSet({ ...order, rev: 2 }, { hidden: true })).toBe(false)
      expect(stored(order)).toEqual(order)
    })

    test('of two writes with one rev, one is made', async () => {
      const order = await added()
      const done = await Promise.all(
        ['a', 'b'].map((moved_by) => mine().compareAndSet(order, { rev: 2, moved_by })),
      )
      expect(done.filter(Boolean)).toHaveLength(1)
    })

    test('a write of somebody else’s order is not made', async () => {
      const order = await added()
      const others = opened().orders({ _openid: OTHER })
      expect(await others.compareAndSet(order, { hidden: true })).toBe(false)
      expect(stored(order)).toEqual(order)
    })

    test('a write of no order is not made', async () => {
      expect(await mine().compareAndSet(newOrder(opened().now()), { hidden: true })).toBe(false)
    })

    test('undefined removes a field', async () => {
      const order = await added({ next_check_at: 5 })
      await mine().compareAndSet(order, { next_check_at: undefined, rev: 2 })
      expect(Object.keys(stored(order))).not.toContain('next_check_at')
    })

    test('undefined for a field that is not there does no harm', async () => {
      const order = await added()
      expect(await mine().compareAndSet(order, { next_check_at: undefined, rev: 2 })).toBe(true)
      expect(stored(order)).toEqual({ ...order, rev: 2 })
    })

    test('an object takes the place of the one before, whole', async () => {
      const order = await added({ message: { event: 'paid', state: 'claimed', claimed_by: 'x' } })
      await mine().compareAndSet(order, { message: { event: 'paid', state: 'sent' }, rev: 2 })
      expect(stored(order)).toMatchObject({ message: { event: 'paid', state: 'sent' } })
      expect(stored(order).message.claimed_by).toBeUndefined()
    })

    test('an object inside an object is written', async () => {
      const order = await added()
      const refund: NonNullable<Order['refund']> = {
        attempt: 1,
        out_refund_no: `${order._id}-1`,
        refund_fee: 100 as Fen,
        requested_at: 1,
        state: 'REFUSED',
        refusal: { err_code: 'NOTENOUGH', err_code_des: '余额不足' },
      }
      await mine().compareAndSet(order, { refund, rev: 2 })
      expect((await mine().get(order._id))?.refund).toEqual(refund)
    })

    test('unpaid orders that have a paySign are counted by owner until they expire', async () => {
      const _openid = randomBytes(14).toString('hex')
      const orders = opened().orders({ _openid })
      for (const expires_at of [99, 100, 101, 102]) await added({ _openid, expires_at, sign: 'S' })
      await added({ _openid, expires_at: 101 })
      await added({ _openid, expires_at: 101, sign: 'S', status: 2 })
      await added({ expires_at: 101, sign: 'S' })
      expect(await orders.countUnpaid(100)).toBe(2)
    })

    test('what is due comes longest due first, as many as asked for', async () => {
      const moments = [30, 10, 20, 40, undefined]
      for (const next_check_at of moments) {
        await added({ ...(next_check_at !== undefined && { next_check_at }) })
      }
      const due = await everybodys().due(30, 2)
      expect(due.map(({ next_check_at }) => next_check_at)).toEqual([10, 20])
      const all = await everybodys().due(30, 20)
      expect(all.map(({ next_check_at }) => next_check_at)).toEqual([10, 20, 30])
    })
  })

  describe('messages', () => {
    test.each(['sent', 'refused', 'later'])('%s is what pay-message says', async (outcome) => {
      expect(await opened().messages.send(newOrder(opened().now(), { body: outcome }))).toBe(
        outcome,
      )
    })

    test('a message of which nothing is heard is unknown', async () => {
      expect(await opened().messages.send(newOrder(opened().now(), { body: 'breaks' }))).toBe(
        'unknown',
      )
    })
  })
}
