import type { EndpointName } from '../../../../simulator/wechat-pay/endpoints'
import { sign } from '../../../../simulator/wechat-pay/sign'
import type { Fields } from '../../../../simulator/wechat-pay/xml'
import type { Order } from '../../../../typings/contract'
import type { TestShop } from '../../../support/shop'
import { note } from '../../workload/rounds'
import type { Tampered } from './tamperings'

export const signed = (fields: Fields, key: string): Fields => ({
  ...fields,
  sign: sign(fields, key, 'HMAC-SHA256'),
})

/** Returns an order without the fields that every write changes. */
export const withoutRevision = (order: Order): Partial<Order> => ({
  ...order,
  rev: 0,
  moved_by: '',
  next_check_at: 0,
})

/** Returns the gateway's reply to the next request of the service, which the shop receives unsigned. */
export async function genuineReply(
  { simulator }: TestShop,
  service: EndpointName,
  call: () => Promise<unknown>,
): Promise<Fields> {
  let genuine: Fields | undefined
  simulator.gateway.faults.inject(service, {
    kind: 'alter',
    change(reply) {
      genuine = reply
      return { ...reply, sign: '' }
    },
    resign: false,
  })
  await call()
  return genuine!
}

/**
 * Replies to `call` with each of the tampered replies.
 * @returns the replies that changed the order
 */
export async function acceptedTamperings(
  shop: TestShop,
  service: EndpointName,
  tampered: readonly Tampered[],
  { out_trade_no }: Order,
  call: () => Promise<unknown>,
): Promise<string[]> {
  let { rev } = shop.stored(out_trade_no)
  const found: string[] = []
  for (const { what, xml } of tampered) {
    shop.simulator.gateway.faults.inject(service, { kind: 'reply', body: xml })
    await call()
    if (shop.stored(out_trade_no).rev !== rev) found.push(what)
    rev = shop.stored(out_trade_no).rev
  }
  note(`tampering: ${tampered.length} replies to ${service}`)
  return found
}
