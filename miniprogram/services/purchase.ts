import type { Order } from '../../typings/contract'
import { PayError } from './errors'
import { pay } from './pay'

/**
 * Orders one product. The intent to buy has a key, kept on the phone until a definite reply came:
 * a tap after a lost reply sends the same key again, and the function answers with the same order.
 * @throws PayError
 */
export async function placeOrder(goods_id: string): Promise<Order> {
  const kept = keptKey(goods_id)
  const order = await orderWith(goods_id, kept || (await makeKey(goods_id)))
  // The order of a kept key may have been paid or closed since: then this tap is a new intent.
  return kept && hasEnded(order) ? orderWith(goods_id, await makeKey(goods_id)) : order
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

function keptKey(goods_id: string): string {
  return wx.getStorageSync<string>(storageName(goods_id))
}

/** 32 lower-case hex characters, stored before they are used. */
async function makeKey(goods_id: string): Promise<string> {
  const { randomValues } = await wx.getRandomValues({ length: 16 })
  const bytes = Array.from(new Uint8Array(randomValues))
  const key = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  wx.setStorageSync(storageName(goods_id), key)
  return key
}

function hasEnded(order: Order): boolean {
  return order.status !== 0 || order.close_requested_at !== undefined
}

function isDefinite(error: unknown): boolean {
  return error instanceof PayError && error.error !== 'UNKNOWN'
}

function storageName(goods_id: string): string {
  return `intent:${goods_id}`
}
