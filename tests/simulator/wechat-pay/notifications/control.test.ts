import { order } from '../support'
import { setUp } from './merchant'

describe('a test', () => {
  const id = `payment:${order.out_trade_no}`

  test('finds everything held at first', async () => {
    const { pay, pass, posts } = setUp()
    pay()
    await pass(0)
    expect(posts).toEqual([])
  })

  test('holds notifications back', async () => {
    const { notifications, pay, pass, posts } = setUp()
    notifications.release()
    notifications.hold()
    pay()
    await pass(0)
    expect(posts).toEqual([])
    expect(notifications.pending()).toMatchObject([{ _id: id, attempts: 0 }])
  })

  test('sends what is held', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id)).toEqual([true])
    expect(posts).toHaveLength(1)
  })

  test('sends several copies at once', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    expect(await notifications.sendNow(id, 3)).toEqual([true, true, true])
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1)
  })

  test('sends again what was taken in, which stays taken in', async () => {
    const { notifications, merchant, pay } = setUp()
    pay()
    await notifications.sendNow(id)
    merchant.status = 500
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(notifications.pending()).toEqual([])
  })

  test('cannot send what does not exist', async () => {
    await expect(setUp().notifications.sendNow(id)).rejects.toThrow(`no notification ${id}`)
  })

  test('lets a notification be lost', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('notification')
    expect(await notifications.sendNow(id)).toEqual([false])
    expect(posts).toEqual([])
  })

  test('lets an answer be lost', async () => {
    const { notifications, pay, posts } = setUp()
    pay()
    notifications.lose('answer', 2)
    expect(await notifications.sendNow(id, 3)).toEqual([false, false, true])
    expect(posts).toHaveLength(3)
  })
})
