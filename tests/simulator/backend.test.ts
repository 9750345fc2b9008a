import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startBackend, type Backend } from '../../simulator/backend'
import { project } from '../support/project'

const dataDir = mkdtempSync(path.join(tmpdir(), 'backend-test-'))
let backend: Backend
let out_trade_no: string

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('a backend with held notifications and timers', () => {
  beforeAll(async () => {
    backend = await startBackend({ project, dataDir, notifications: 'held', timers: 'held' })
    const { openid, client } = backend.phone(1)
    const data = { goods_id: 'jidangan', key: 'a'.repeat(32) }
    const { result } = await client.callFunction('pay', { type: 'unifiedorder', data })
    const order = (result as any).data
    out_trade_no = order.out_trade_no
    backend.gateway.ledger.pay(order.prepay_id, openid)
    backend.clock.advance(60_000)
    await Promise.all([backend.cloud.timers.settled(), backend.gateway.notifications.settled()])
  }, 30_000)

  afterAll(() => backend.close())

  test('does not notify the shop of a payment', () => {
    expect(backend.order(out_trade_no)!.status).toBe(0)
  })

  test('fires no timer', () => {
    expect(backend.log.filter(({ name }) => name === 'pay-reconcile')).toEqual([])
  })
})

describe('the same data with live notifications and timers', () => {
  beforeAll(async () => {
    backend = await startBackend({ project, dataDir })
    const { notifications } = backend.gateway
    const isDelivered = () => notifications.pending().length === 0
    for (let waited = 0; !isDelivered() && waited < 10_000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }, 30_000)

  afterAll(() => backend.close())

  test('notifies the shop of the payment', () => {
    expect(backend.order(out_trade_no)).toMatchObject({ status: 1, trade_state: 'SUCCESS' })
  })

  test('logs the notification and its answer', () => {
    expect(backend.log).toContainEqual(
      expect.objectContaining({ source: 'wechat-pay', name: 'notify payment', text: 'SUCCESS' }),
    )
  })

  test('fires the timers of the functions', async () => {
    backend.clock.advance(60_000)
    await backend.cloud.timers.settled()
    expect(backend.log).toContainEqual(
      expect.objectContaining({ name: 'pay-reconcile', text: 'timer reconcile done' }),
    )
  })
})
