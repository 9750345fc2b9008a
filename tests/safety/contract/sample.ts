import { randomBytes } from 'node:crypto'
import { toGatewayTime } from '../../../cloudfunctions/pay/src/beijing-time'
import type { Fen, Order } from '../../../typings/contract'

export const OWNER = 'oSimulatorShopper_0000000001'
export const OTHER = 'oSimulatorShopper_0000000002'

const MINUTE = 60_000

/** A new unpaid order of the owner, over 100 fen. `now` in ms. */
export function newOrder(now: number, changes: Partial<Order> = {}): Order {
  const out_trade_no = randomBytes(16).toString('hex')
  const request = {
    body: '绿茶',
    total_fee: '100',
    spbill_create_ip: '127.0.0.1',
    notify_url: 'https://shop.example/pay-notify',
    time_start: toGatewayTime(now),
    time_expire: toGatewayTime(now + 30 * MINUTE),
    trade_type: 'JSAPI',
    openid: OWNER,
    sign_type: 'HMAC-SHA256',
  }
  return {
    _id: out_trade_no,
    _openid: OWNER,
    out_trade_no,
    goods_id: 'tea',
    body: '绿茶',
    total_fee: 100 as Fen,
    status: 0,
    trade_state: 'NOTPAY',
    trade_state_desc: '未支付',
    request,
    sign_type: 'HMAC-SHA256',
    created_at: now,
    expires_at: now + 30 * MINUTE,
    hidden: false,
    rev: 1,
    moved_by: 'contract',
    ...changes,
  }
}
