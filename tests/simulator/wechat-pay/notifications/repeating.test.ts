import type { NotificationsOptions } from '../../../../simulator/wechat-pay/notifications'
import { minute } from '../support'
import { refused, setUp, setUpPaid, taken } from './merchant'

describe('repeating', () => {
  test('follows the schedule of WeChat Pay until it ends', async () => {
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
      sentAfter.push((time.now - started) / minute)
    }
    expect(sentAfter).toEqual([
      0.25, 0.5, 1, 4, 14, 34, 64, 94, 124, 184, 364, 544, 724, 1084, 1444,
    ])
  })

  test.each([
    ['another status', 500, taken],
    ['FAIL', 200, refused],
    ['no XML', 200, 'SUCCESS'],
    ['nothing', 200, ''],
  ])('follows an answer of %s', async (_what, status, body) => {
    const all = setUp()
    Object.assign(all.merchant, { status, body })
    all.pay()
    all.notifications.release()
    await all.pass(0)
    await all.pass(15_000)
    expect(all.posts).toHaveLength(2)
  })

  test('follows no answer', async () => {
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

  test('follows an answer that comes too late', async () => {
    const deliver: NotificationsOptions['deliver'] = (_url, _body, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    const { notifications, pass } = setUpPaid({ deliver, answerWithinMs: 20 })
    const keepsAwake = setTimeout(() => {}, 5000)
    await pass(0)
    clearTimeout(keepsAwake)
    expect(notifications.pending()).toMatchObject([{ attempts: 1 }])
  })

  test('ends when the merchant has taken it in at last', async () => {
    const { merchant, notifications, pass } = setUpPaid()
    merchant.body = refused
    await pass(0)
    merchant.body = taken
    await pass(15_000)
    expect(notifications.pending()).toEqual([])
  })

  test('sends the same XML', async () => {
    const { merchant, posts, pass } = setUpPaid()
    merchant.body = refused
    await pass(0)
    await pass(15_000)
    expect(posts[1]).toEqual(posts[0])
  })

  test('does not begin while the answer is awaited', async () => {
    let answer!: (answer: { status: number; body: string }) => void
    let posts = 0
    const deliver: NotificationsOptions['deliver'] = () => {
      posts++
      return new Promise((resolve) => (answer = resolve))
    }
    const { notifications } = setUpPaid({ deliver })
    notifications.sendDue()
    answer({ status: 200, body: taken })
    await notifications.settled()
    expect(posts).toBe(1)
  })

  test('goes on after a restart', async () => {
    const { store, merchant, notifications, pass, posts } = setUpPaid()
    merchant.body = refused
    await pass(0)
    notifications.hold()
    const again = setUp({}, store)
    again.notifications.release()
    await again.pass(15_000)
    expect(again.posts).toEqual(posts)
  })
})
