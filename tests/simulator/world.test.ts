import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startWorld, type World, type WorldOptions } from '../../simulator/world'

const worlds: { world: World; dataDir: string }[] = []

async function start(options: Partial<WorldOptions> = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'world-test-'))
  const world = await startWorld({ dataDir, ...options })
  worlds.push({ world, dataDir })
  return world
}

afterAll(async () => {
  for (const { world, dataDir } of worlds) {
    await world.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** A new order that is paid; the shop has not been told. @returns its out_trade_no */
async function pay({ phone, gateway }: World): Promise<string> {
  const { openid, client } = phone(1)
  const data = { goods_id: 'jidangan', key: 'a'.repeat(32) }
  const { result } = await client.callFunction('pay', { type: 'unifiedorder', data })
  const { out_trade_no, prepay_id } = (result as any).data
  gateway.ledger.pay(prepay_id, openid)
  return out_trade_no
}

describe('a world that lives', () => {
  let world: World
  let out_trade_no: string

  beforeAll(async () => {
    world = await start()
    out_trade_no = await pay(world)
    const until = Date.now() + 10_000
    const { notifications } = world.gateway
    while (notifications.pending().length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }, 30_000)

  test('tells the shop of a payment', () => {
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

test('a world that is held tells the shop nothing', async () => {
  const world = await start({ notifications: 'held', timers: 'held' })
  const out_trade_no = await pay(world)
  world.clock.advance(60_000)
  await Promise.all([world.cloud.timers.settled(), world.gateway.notifications.settled()])
  expect(world.order(out_trade_no)!.status).toBe(0)
}, 30_000)
