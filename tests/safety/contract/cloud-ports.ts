import { randomBytes } from 'node:crypto'
import type { DuePage } from '../../../cloudfunctions/pay/src/ports'
import type { Fen, Order } from '../../../typings/contract'
import { newOrder, OTHER, OWNER } from '../workload/sample-orders'
import type { Subject } from './subject'

/** Defines the contract of the ports goods, orders and messages. */
export function describeCloudPorts(opened: () => Subject): void {
  const ownerOrders = () => opened().orders({ _openid: OWNER })
  const shopOrders = () => opened().orders({})

  async function added(changes?: Partial<Order>): Promise<Order> {
    const order = newOrder(opened().now(), changes)
    await ownerOrders().add(order)
    return order
  }

  /** Returns the stored order as plain JSON. */
  const stored = ({ _id }: Order) =>
    JSON.parse(JSON.stringify(opened().database.get('orders', _id)))

  describe('goods', () => {
    test('get returns the whole document', async () => {
      const goods = { _id: 'contract', name: '月饼', price: 1.5, _openid: 'o', picture: null }
      opened().database.insert('goods', [goods])
      expect(await opened().goods.get('contract')).toEqual(goods)
    })

    test('get of unknown goods returns undefined', async () => {
      expect(await opened().goods.get('none')).toBeUndefined()
    })
  })

  describe('orders', () => {
    test('get returns the whole order that was added', async () => {
      const order = await added({ close_requested_at: 5, refund: undefined as never })
      expect(await ownerOrders().get(order._id)).toEqual(order)
      expect(Object.keys(stored(order))).not.toContain('refund')
    })

    test('get of an unknown order returns undefined', async () => {
      expect(await ownerOrders().get('0'.repeat(32))).toBeUndefined()
    })

    test('get of another shopper’s order returns undefined', async () => {
      const order = await added()
      expect(await opened().orders({ _openid: OTHER }).get(order._id)).toBeUndefined()
    })

    test('the shop itself can read every order', async () => {
      const order = await added()
      expect(await shopOrders().get(order._id)).toEqual(order)
    })

    test('adding a second order with the same number rejects and keeps the first', async () => {
      const order = await added()
      await expect(ownerOrders().add({ ...order, body: 'other' })).rejects.toThrow()
      expect(stored(order)).toEqual(order)
    })

    test('compareAndSet with the right rev writes', async () => {
      const order = await added()
      expect(await ownerOrders().compareAndSet(order, { rev: 2, hidden: true })).toBe(true)
      expect(stored(order)).toEqual({ ...order, rev: 2, hidden: true })
    })

    test('compareAndSet with another rev writes nothing', async () => {
      const order = await added()
      expect(await ownerOrders().compareAndSet({ ...order, rev: 2 }, { hidden: true })).toBe(false)
      expect(stored(order)).toEqual(order)
    })

    test('only one of two writes with the same rev succeeds', async () => {
      const order = await added()
      const done = await Promise.all(
        ['a', 'b'].map((moved_by) => ownerOrders().compareAndSet(order, { rev: 2, moved_by })),
      )
      expect(done.filter(Boolean)).toHaveLength(1)
    })

    test('compareAndSet of another shopper’s order writes nothing', async () => {
      const order = await added()
      const others = opened().orders({ _openid: OTHER })
      expect(await others.compareAndSet(order, { hidden: true })).toBe(false)
      expect(stored(order)).toEqual(order)
    })

    test('compareAndSet of an unknown order writes nothing', async () => {
      expect(await ownerOrders().compareAndSet(newOrder(opened().now()), { hidden: true })).toBe(
        false,
      )
    })

    test('undefined removes a field', async () => {
      const order = await added({ next_check_at: 5 })
      await ownerOrders().compareAndSet(order, { next_check_at: undefined, rev: 2 })
      expect(Object.keys(stored(order))).not.toContain('next_check_at')
    })

    test('undefined for a missing field changes nothing', async () => {
      const order = await added()
      expect(await ownerOrders().compareAndSet(order, { next_check_at: undefined, rev: 2 })).toBe(
        true,
      )
      expect(stored(order)).toEqual({ ...order, rev: 2 })
    })

    test('an object replaces the whole old object', async () => {
      const order = await added({ message: { event: 'paid', state: 'claimed', claimed_by: 'x' } })
      await ownerOrders().compareAndSet(order, {
        message: { event: 'paid', state: 'sent' },
        rev: 2,
      })
      expect(stored(order)).toMatchObject({ message: { event: 'paid', state: 'sent' } })
      expect(stored(order).message.claimed_by).toBeUndefined()
    })

    test('a nested object is written', async () => {
      const order = await added()
      const refund: NonNullable<Order['refund']> = {
        attempt: 1,
        out_refund_no: `${order._id}-1`,
        refund_fee: 100 as Fen,
        requested_at: 1,
        state: 'REFUSED',
        refusal: { err_code: 'NOTENOUGH', err_code_des: '余额不足' },
      }
      await ownerOrders().compareAndSet(order, { refund, rev: 2 })
      expect((await ownerOrders().get(order._id))?.refund).toEqual(refund)
    })

    test('countUnpaid counts the owner’s unpaid orders until they are closed', async () => {
      const _openid = randomBytes(14).toString('hex')
      const orders = opened().orders({ _openid })
      await added({ _openid, sign: 'S' })
      await added({ _openid, expires_at: 1 })
      await added({ _openid, close_requested_at: 1 })
      await added({ _openid, sign: 'S', status: 1 })
      await added({ _openid, status: 2 })
      await added({ sign: 'S' })
      expect(await orders.countUnpaid()).toBe(3)
    })

    describe('due', () => {
      const shopper = () => randomBytes(14).toString('hex')
      /** Returns next_check_at of each order of one page. */
      const times = async (page: Partial<DuePage> & { _openid?: string }) => {
        const { _openid, ...rest } = page
        const given = { kind: 'unpaid' as const, now: 30, limit: 100, without: [], ...rest }
        const rows = await opened()
          .orders(_openid === undefined ? {} : { _openid })
          .due(given)
        return rows.map(({ next_check_at }) => next_check_at)
      }
      const due = (_openid: string, next_check_at: number, changes: Partial<Order> = {}) =>
        added({ _openid, next_check_at, ...changes })

      test('returns up to `limit` orders, the longest due first', async () => {
        const _openid = shopper()
        for (const time of [30, 10, 20, 31]) await due(_openid, time)
        await added({ _openid })
        expect(await times({ _openid, limit: 2 })).toEqual([10, 20])
        expect(await times({ _openid })).toEqual([10, 20, 30])
      })

      test('continues after the given order, also among orders due at the same time', async () => {
        const _openid = shopper()
        const orders = []
        for (let n = 0; n < 5; n++) orders.push(await due(_openid, 10))
        await due(_openid, 11)
        const [, , third] = orders.map(({ _id }) => _id).sort()
        const after = { _id: third!, next_check_at: 10 }
        expect(await times({ _openid, after })).toEqual([10, 10, 11])
      })

      test('omits the shoppers in `without`', async () => {
        const [one, other] = [shopper(), shopper()]
        const order = await due(one, 7)
        await due(other, 8)
        const page = { kind: 'unpaid' as const, now: 30, limit: 100 }
        const rows = await shopOrders().due({ ...page, without: [other] })
        const found = rows.map(({ _openid }) => _openid)
        expect(found).toContain(order._openid)
        expect(found).not.toContain(other)
      })

      test('returns one kind: unpaid, refund, message or rest', async () => {
        const _openid = shopper()
        const owed = { event: 'paid', state: 'owed' } as const
        const sent = { event: 'paid', state: 'sent' } as const
        await due(_openid, 1, { status: 0 })
        await due(_openid, 2, { status: 3 })
        await due(_openid, 3, { status: 3, message: owed })
        await due(_openid, 4, { status: 1, message: owed })
        await due(_openid, 5, { status: 4, message: owed })
        await due(_openid, 6, { status: 1, message: sent })
        await due(_openid, 7, { status: 1 })
        await due(_openid, 8, { status: '0' as never })
        expect(await times({ _openid, kind: 'unpaid' })).toEqual([1])
        expect(await times({ _openid, kind: 'refund' })).toEqual([2, 3])
        expect(await times({ _openid, kind: 'message' })).toEqual([4, 5])
        expect(await times({ _openid, kind: 'rest' })).toEqual([6, 7, 8])
      })
    })
  })

  describe('messages', () => {
    test.each(['sent', 'refused', 'later'])(
      'send returns %s when pay-message replies it',
      async (outcome) => {
        expect(await opened().messages.send(newOrder(opened().now(), { body: outcome }))).toBe(
          outcome,
        )
      },
    )

    test('send returns unknown when pay-message fails', async () => {
      expect(await opened().messages.send(newOrder(opened().now(), { body: 'breaks' }))).toBe(
        'unknown',
      )
    })
  })
}
