import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Project } from '../../project/project'
import { startBackend, type Backend } from '../../simulator/backend'
import { DATA_FILES } from '../../simulator/kit/data-folder'
import type { Order, PayAction, PayReply, PayRequests } from '../../typings/contract'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** A shopper's phone, whose calls go through the real functions and SDKs over sockets. */
export interface Shopper {
  openid: string
  call(type: string, data?: unknown): Promise<PayReply>
  /** Returns the order of an action's reply. @throws Error when the action is refused */
  order<A extends PayAction>(type: A, data: PayRequests[A]): Promise<Order>
  /** Places an order of the cheapest goods, which is unpaid. */
  newOrder(goods_id?: string): Promise<Order>
  /** Places an order, pays it in the payment sheet and settles it. */
  paidOrder(): Promise<Order>
  /** Confirms the payment sheet; the shop is not notified yet. */
  confirm(order: Order): Promise<void>
}

/** The shop without the phone, with its state in a temporary folder. */
export interface Shop {
  simulator: Backend
  shopper(number: number): Shopper
  close(): Promise<void>
}

/** Returns an idempotency key of 32 hex characters, as pages generate it. */
export const newKey = () =>
  Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16)).join('')

/** What a caller has made already, to save time. */
export interface Prepared {
  functionFiles: Readonly<Record<string, string>>
  /** Writes the merchant into an empty data folder. */
  writeMerchant: (folder: string) => Promise<void>
}

/** Opens a new shop. Notifications and timers are held until the caller fires them. */
export async function openShop(project: Project, prepared?: Prepared): Promise<Shop> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'shop-'))
  await prepared?.writeMerchant(path.join(dataDir, DATA_FILES.merchant))
  const simulator = await startBackend({
    project,
    dataDir,
    notifications: 'held',
    timers: 'held',
    ...(prepared && { functionFiles: prepared.functionFiles }),
  })
  return {
    simulator,
    shopper: (number) => shopper(simulator, number),
    async close() {
      await simulator.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Opens a shop for a measurement, and closes it afterwards. */
export async function withShop<T>(project: Project, work: (shop: Shop) => Promise<T>): Promise<T> {
  const shop = await openShop(project)
  try {
    return await work(shop)
  } finally {
    await shop.close()
  }
}

function shopper(simulator: Backend, number: number): Shopper {
  const { openid, client } = simulator.phone(number)

  const me: Shopper = {
    openid,
    async call(type, data) {
      const { result } = await client.callFunction('pay', { type, data })
      return result as PayReply
    },
    async order(type, data) {
      const reply = await me.call(type, data)
      if (reply.code !== 0) throw new Error(`${type}: ${reply.error} ${reply.message}`)
      return reply.data
    },
    newOrder: (goods_id = 'jidangan') => me.order('unifiedorder', { goods_id, key: newKey() }),
    async paidOrder() {
      const order = await me.newOrder()
      await me.confirm(order)
      return me.order('payorder', order)
    },
    async confirm(order) {
      const result = simulator.gateway.payer.confirm(openid, {
        timeStamp: order.time_stamp!,
        nonceStr: order.nonce_str!,
        package: `prepay_id=${order.prepay_id}`,
        signType: order.sign_type,
        paySign: order.sign!,
      })
      if (!result.ok) throw new Error(result.reason)
    },
  }
  return me
}
