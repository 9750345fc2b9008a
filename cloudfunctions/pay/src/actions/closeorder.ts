import type { Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { notAllowedNow } from '../errors'
import { closeAtWeChat, lookUp } from '../look'
import type { Ports } from '../ports'
import { settlePayment } from '../settle'

/**
 * Cancels an unpaid order. It stays 未支付 until WeChat says CLOSED; meanwhile close_requested_at
 * tells the page to show 正在取消, and orderquery finishes it.
 */
export async function closeorder(
  ports: Ports,
  { out_trade_no }: PayRequests['closeorder'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await settlePayment(ports, order, fact)
  if (settled.status === 2) return settled
  if (settled.status !== 0) throw notAllowedNow('订单已支付，不能取消')
  if (fact.kind === 'otherAmount') throw notAllowedNow('订单金额有异常，请联系商家')
  // The wish is written before WeChat is asked, so that a crash loses nothing.
  const wished = await change(ports, settled, 'close', (now) =>
    now.status === 0 && now.close_requested_at === undefined
      ? { close_requested_at: ports.now() }
      : undefined,
  )
  return wished.status === 0 ? closeAtWeChat(ports, wished) : wished
}
