import type { Order } from '../../typings/contract'
import { PayError } from './errors'
import { pay } from './pay'
import { STATUS } from './status'

/**
 * Orders one product. The idempotency key of the purchase is stored on the phone until a
 * definite reply arrives: a tap after a lost reply sends the same key, and the function returns the
 * same order.
 * @throws PayError
 */
export async function placeOrder(goods_id: string): Promise<Order> {
  const stored = storedKey(goods_id)
  const order = await orderWith(goods_id, stored || (await makeKey(goods_id)))
  // The order of a stored key may have been paid or closed since: then this tap is a new purchase.
  return stored && !isPayable(order) ? orderWith(goods_id, await makeKey(goods_id)) : order
}

async function orderWith(goods_id: string, key: string): Promise<Order> {
  try {
    const { order } = await pay('unifiedorder', { goods_id, key })
    wx.removeStorageSync(storageName(goods_id))
    return order
  } catch (error) {
    if (isDefinite(error)) wx.removeStorageSync(storageName(goods_id))
    throw error
  }
}

function storedKey(goods_id: string): string {
  return wx.getStorageSync<string>(storageName(goods_id))
}

/** Makes a key of 32 lower-case hex characters, and stores it before it is used. */
async function makeKey(goods_id: string): Promise<string> {
  const { randomValues } = await wx.getRandomValues({ length: 16 })
  const bytes = Array.from(new Uint8Array(randomValues))
  const key = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  wx.setStorageSync(storageName(goods_id), key)
  return key
}

function isPayable(order: Order): boolean {
  return order.status === STATUS.UNPAID && order.close_requested_at === undefined
}

function isDefinite(error: unknown): boolean {
  return error instanceof PayError && error.error !== 'UNKNOWN'
}

function storageName(goods_id: string): string {
  return `intent:${goods_id}`
}
