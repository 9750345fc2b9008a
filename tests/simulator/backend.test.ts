import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startBackend, type Backend } from '../../simulator/backend'
import { project } from '../support/project'

const dataDir = mkdtempSync(path.join(tmpdir(), 'world-test-'))
let world: Backend
let out_trade_no: string

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('a world that is held', () => {
  beforeAll(async () => {
    world = await startBackend({ project, dataDir, notifications: 'held', timers: 'held' })
    const { openid, client } = world.phone(1)
    const data = { goods_id: 'jidangan', key: 'a'.repeat(32) }
    const { result } = await client.callFunction('pay', { type: 'unifiedorder', data })
    const order = (result as any).data
    out_trade_no = order.out_trade_no
    world.gateway.ledger.pay(order.prepay_id, openid)
    world.clock.advance(60_000)
    await Promise.all([world.cloud.timers.settled(), world.gateway.notifications.settled()])
  }, 30_000)

  afterAll(() => world.close())

  test('tells the shop nothing of a payment', () => {
    expect(world.order(out_trade_no)!.status).toBe(0)
  })

  test('runs no timer', () => {
    expect(world.log.filter(({ name }) => name === 'pay-reconcile')).toEqual([])
  })
})

describe('the same world, let go', () => {
  beforeAll(async () => {
    world = await startBackend({ project, dataDir })
    const { notifications } = world.gateway
    const isTold = () => notifications.pending().length === 0
    for (let waited = 0; !isTold() && waited < 10_000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }, 30_000)

  afterAll(() => world.close())

  test('tells the shop of the payment', () => {
    expect(world.order(out_trade_no)).toMatchObject({ status: 1, trade_state: 'SUCCESS' })
  })

  test('notes the notification and its answer', () => {
    expect(world.log).toContainEqual(
      expect.objectContaining({ source: 'wechat-pay', name: 'notify payment', text: 'SUCCESS' }),
    )
  })

  test('runs the timers of the functions', async () => {
    world.clock.advance(60_000)
    await world.cloud.timers.settled()
    expect(world.log).toContainEqual(
      expect.objectContaining({ name: 'pay-reconcile', text: 'timer reconcile done' }),
    )
  })
})
