import type { Caller } from '../../simulator/cloudbase'
import type { Order } from '../../typings/contract'
import { MINUTE, openShop, type TestShop } from '../support/shop'
import { expectNoWrite } from './checker/no-write'
import { note } from './workload/rounds'

/* Calls each of the four functions with every chain of callers that the platform can report. */

let shop: TestShop
let unpaid: Order
let paid: Order
let owner: string
let stranger: string

beforeAll(async () => {
  shop = await openShop()
  owner = shop.shopper(1).openid
  stranger = shop.shopper(2).openid
  unpaid = await shop.shopper(1).newOrder()
  paid = await shop.shopper(1).paidOrder()
})
afterAll(() => shop.close())

const NOT_FOUND = { code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' }

const invoke = (name: string, event: object, caller: Caller) =>
  shop.simulator.cloud.functions.invoke(name, event, caller)

/** Every chain of up to three callers. */
const SOURCES = ['wx_client', 'wx_devtools', 'scf', 'wx_trigger', 'wx_http'] as const
const CHAINS: readonly string[][] = [1, 2, 3].reduce<string[][]>(
  (chains) => [[], ...chains.flatMap((chain) => SOURCES.map((source) => [...chain, source]))],
  [[]],
)

const callerOf = (chain: readonly string[], openid?: string): Caller => ({
  ...(chain.length > 0 && { source: chain.join() }),
  ...(openid !== undefined && { openid }),
})

const isPlatform = (chain: readonly string[]) =>
  chain.every((source) => source === 'wx_trigger' || source === 'wx_http')

test('there are 156 chains of callers', () => {
  expect(new Set(CHAINS.map((chain) => chain.join())).size).toBe(156)
})

describe('with any chain of callers', () => {
  test('pay replies ORDER_NOT_FOUND to a stranger and to a call without an openid', () =>
    expectNoWrite(shop, async () => {
      const event = { type: 'deleteorder', data: { out_trade_no: paid.out_trade_no } }
      for (const chain of CHAINS) {
        expect(await invoke('pay', event, callerOf(chain, stranger))).toEqual(NOT_FOUND)
        expect(await invoke('pay', event, callerOf(chain))).toEqual(NOT_FOUND)
      }
    }))

  test('pay-message sends a message only when a function called it directly', () =>
    expectNoWrite(shop, async () => {
      const { out_trade_no, body, total_fee, paid_at } = paid
      const event = { touser: owner, out_trade_no, body, total_fee, paid_at }
      for (const chain of CHAINS) {
        for (const openid of [undefined, stranger]) {
          const { why } = (await invoke('pay-message', event, callerOf(chain, openid))) as any
          // 43101 is WeChat's own code: the owner has not accepted messages.
          expect([chain, why]).toEqual([chain, chain.at(-1) === 'scf' ? '43101' : 'FORBIDDEN'])
        }
      }
    }))

  test('pay-notify accepts calls from the platform only and replies to all others with the same refusal', () =>
    expectNoWrite(shop, async () => {
      const { notifications } = shop.simulator.gateway
      const { body } = notifications.about(paid.out_trade_no)[0]!
      const event = { httpMethod: 'POST', body, isBase64Encoded: false }
      const refusal = await invoke('pay-notify', { ...event, body: '' }, {})
      const taken = await invoke('pay-notify', event, {})
      expect(taken).not.toEqual(refusal)
      for (const chain of CHAINS) {
        const anonymous = await invoke('pay-notify', event, callerOf(chain))
        expect([chain, anonymous]).toEqual([chain, isPlatform(chain) ? taken : refusal])
        expect(await invoke('pay-notify', event, callerOf(chain, owner))).toEqual(refusal)
      }
    }))

  test('pay-reconcile runs only when the platform calls it', async () => {
    shop.simulator.clock.advance(31 * MINUTE)
    await expectNoWrite(shop, async () => {
      for (const chain of CHAINS) {
        const callers = [callerOf(chain, owner), ...(isPlatform(chain) ? [] : [callerOf(chain)])]
        for (const caller of callers) {
          expect(await invoke('pay-reconcile', {}, caller)).toEqual({ done: 0, failed: 0 })
        }
      }
    })
    expect(await invoke('pay-reconcile', {}, callerOf(['wx_trigger']))).toMatchObject({ failed: 0 })
    expect(shop.stored(unpaid.out_trade_no)).toMatchObject({ status: 2 })
    note(`strangers: ${CHAINS.length} chains of callers at four functions`)
  })
})
