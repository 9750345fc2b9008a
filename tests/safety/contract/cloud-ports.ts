import { randomBytes } from 'node:crypto'
import type { DuePage } from '../../../cloudfunctions/pay/src/ports'
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

    test('unpaid orders are counted by owner until they are closed', async () => {
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

    describe('what is due', () => {
      const shopper = () => randomBytes(14).toString('hex')
      /** The times of the orders of one page. */
      const times = async (page: Partial<DuePage> & { _openid?: string }) => {
        const { _openid, ...rest } = page
        const given = { kind: 'closing' as const, now: 30, limit: 100, without: [], ...rest }
        const rows = await opened()
          .orders(_openid === undefined ? {} : { _openid })
          .due(given)
        return rows.map(({ next_check_at }) => next_check_at)
      }
      const due = (_openid: string, next_check_at: number, changes: Partial<Order> = {}) =>
        added({ _openid, next_check_at, ...changes })

      test('comes longest due first, as many as asked for', async () => {
        const _openid = shopper()
        for (const time of [30, 10, 20, 31]) await due(_openid, time)
        await added({ _openid })
        expect(await times({ _openid, limit: 2 })).toEqual([10, 20])
        expect(await times({ _openid })).toEqual([10, 20, 30])
      })

      test('goes on behind the last one, also among orders that are due at one time', async () => {
        const _openid = shopper()
        const orders = []
        for (let n = 0; n < 5; n++) orders.push(await due(_openid, 10))
        await due(_openid, 11)
        const [, , third] = orders.map(({ _id }) => _id).sort()
        const after = { _id: third!, next_check_at: 10 }
        expect(await times({ _openid, after })).toEqual([10, 10, 11])
      })

      test('leaves out the shoppers that are named', async () => {
        const [one, other] = [shopper(), shopper()]
        const order = await due(one, 7)
        await due(other, 8)
        const page = { kind: 'closing' as const, now: 30, limit: 100 }
        const rows = await everybodys().due({ ...page, without: [other] })
        const found = rows.map(({ _openid }) => _openid)
        expect(found).toContain(order._openid)
        expect(found).not.toContain(other)
      })

      test('is of one kind: closing, refunds, messages or the rest', async () => {
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
        expect(await times({ _openid, kind: 'closing' })).toEqual([1])
        expect(await times({ _openid, kind: 'refund' })).toEqual([2, 3])
        expect(await times({ _openid, kind: 'message' })).toEqual([4, 5])
        expect(await times({ _openid, kind: 'rest' })).toEqual([6, 7, 8])
      })
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
