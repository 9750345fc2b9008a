import { ORDER } from '../support'
import { setUp } from './merchant'

describe('a test', () => {
  const id = `payment:${ORDER.out_trade_no}`

  test('must release notifications first', async () => {
    const { pay, pass, posts } = setUp()
    pay()
    await pass(0)
    expect(posts).toEqual([])
  })

  test('can hold notifications', async () => {
    const { notifications, pay, pass, posts } = setUp()
    notifications.release()
    notifications.hold()
    pay()
    await pass(0)
    expect(posts).toEqual([])
    expect(notifications.pending()).toMatchObject([{ _id: id, attempts: 0 }])
  })

  test('can send a held notification', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id)).toEqual([true])
    expect(posts).toHaveLength(1)
  })

  test('can send several copies at once', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id, 3)).toEqual([true, true, true])
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1)
  })

  test('can send an acknowledged notification again, which stays acknowledged', async () => {
    const { notifications, merchant, pay } = setUp()
    pay()
    await notifications.sendNow(id)
    merchant.status = 500
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(notifications.pending()).toEqual([])
  })

  test('cannot send a notification that does not exist', async () => {
    await expect(setUp().notifications.sendNow(id)).rejects.toThrow(`no notification ${id}`)
  })

  test('can lose a notification', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('notification')
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(posts).toEqual([])
  })

  test('can lose an answer', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('reply', 2)
    expect(await notifications.sendNow(id, 3)).toEqual([false, false, true])
    expect(posts).toHaveLength(3)
  })
})
