import type { NotificationsOptions } from '../../../../simulator/wechat-pay/notifications'
import { MINUTE } from '../support'
import { REFUSAL, setUp, setUpPaid, ACKNOWLEDGEMENT } from './merchant'

describe('a notification', () => {
  test('is retried on the schedule of WeChat Pay until it is given up', async () => {
    const { merchant, posts, pass, notifications, time } = setUpPaid({})
    merchant.status = 500
    const started = time.now
    const sentAfter: number[] = []
    await pass(0)
    for (let times = 0; times < 20; times++) {
      const [next] = notifications.pending()
      if (next === undefined) break
      const count = posts.length
      await pass(next.next_at! - time.now - 1)
      expect(posts).toHaveLength(count)
      await pass(1)
      sentAfter.push((time.now - started) / MINUTE)
    }
    expect(sentAfter).toEqual([
      0.25, 0.5, 1, 4, 14, 34, 64, 94, 124, 184, 364, 544, 724, 1084, 1444,
    ])
  })

  test.each([
    ['another status', 500, ACKNOWLEDGEMENT],
    ['FAIL', 200, REFUSAL],
    ['a text that is not XML', 200, 'SUCCESS'],
    ['an empty body', 200, ''],
  ])('is retried after an answer of %s', async (_what, status, body) => {
    const all = setUp()
    Object.assign(all.merchant, { status, body })
    all.pay()
    all.notifications.release()
    await all.pass(0)
    await all.pass(15_000)
    expect(all.posts).toHaveLength(2)
  })

  test('is retried without a reply', async () => {
    const deliver = () => Promise.reject(new Error('ECONNREFUSED'))
    const { notifications, log, pass } = setUpPaid({ deliver })
    await pass(0)
    expect(notifications.pending()).toMatchObject([{ attempts: 1 }])
    expect(log.at(-1)).toMatchObject({
      endpoint: 'notify payment',
      verdict: 'FAIL',
      reason: 'no answer: ECONNREFUSED; again in 15 s',
    })
  })

  test('is retried when the reply is too late', async () => {
    const deliver: NotificationsOptions['deliver'] = (_url, _body, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    const { notifications, pass } = setUpPaid({ deliver, replyWithinMs: 20 })
    const keepAlive = setTimeout(() => {}, 5000)
    await pass(0)
    clearTimeout(keepAlive)
    expect(notifications.pending()).toMatchObject([{ attempts: 1 }])
  })

  test('is not retried after the merchant has acknowledged it', async () => {
    const { merchant, notifications, pass } = setUpPaid()
    merchant.body = REFUSAL
    await pass(0)
    merchant.body = ACKNOWLEDGEMENT
    await pass(15_000)
    expect(notifications.pending()).toEqual([])
  })

  test('is retried with the same XML', async () => {
    const { merchant, posts, pass } = setUpPaid()
    merchant.body = REFUSAL
    await pass(0)
    await pass(15_000)
    expect(posts[1]).toEqual(posts[0])
  })

  test('is not retried while the reply is pending', async () => {
    let reply!: (reply: { status: number; body: string }) => void
    let posts = 0
    const deliver: NotificationsOptions['deliver'] = () => {
      posts++
      return new Promise((resolve) => (reply = resolve))
    }
    const { notifications } = setUpPaid({ deliver })
    notifications.sendDue()
    reply({ status: 200, body: ACKNOWLEDGEMENT })
    await notifications.settled()
    expect(posts).toBe(1)
  })

  test('is retried after a restart', async () => {
    const { store, merchant, notifications, pass, posts } = setUpPaid()
    merchant.body = REFUSAL
    await pass(0)
    notifications.hold()
    const again = setUp({}, store)
    again.notifications.release()
    await again.pass(15_000)
    expect(again.posts).toEqual(posts)
  })
})
