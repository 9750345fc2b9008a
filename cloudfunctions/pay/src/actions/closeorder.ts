import { change } from '../change'
import { notAllowedNow } from '../errors'
import { closeAtWeChat, settleFact } from '../finish'
import { closableAt, isCloseRequested, mustClose, STATUS } from '../order'
import { load, queryPayment } from '../query'
import { orderAction } from './action'

/**
 * Cancels an unpaid order. It stays 未支付 until WeChat reports CLOSED. Until then the page shows
 * 正在取消, because close_requested_at is set. If WeChat does not allow closing yet, the page's next
 * orderquery closes it, or the timer.
 */
export const closeorder = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  // WeChat refuses to close an order this young, and the request to cancel is already stored.
  if (
    order.status === STATUS.UNPAID &&
    isCloseRequested(order) &&
    ports.now() < closableAt(order)
  ) {
    return order
  }
  const fact = await queryPayment(ports, order)
  const { order: settled } = await settleFact(ports, order, fact)
  if (settled.status === STATUS.CLOSED) return settled
  if (settled.status !== STATUS.UNPAID || fact.kind === 'paid') {
    throw notAllowedNow('订单已支付，不能取消')
  }
  if (fact.kind === 'otherAmount') throw notAllowedNow('订单金额有异常，请联系商家')
  // The request to cancel is stored before WeChat is called, so that a crash does not lose it.
  const { order: requested } = await change(ports, settled, 'request close', (current) =>
    current.status === STATUS.UNPAID && !isCloseRequested(current)
      ? { close_requested_at: ports.now() }
      : undefined,
  )
  if (!mustClose(requested, ports.now())) return requested
  return (await closeAtWeChat(ports, requested)).order
})
