import { change } from '../change'
import { notAllowedNow } from '../errors'
import { closeAtWeChat, settleAnswer } from '../finish'
import { closableAt, isClosing, mustClose } from '../order'
import { load, queryPayment } from '../query'
import { orderAction } from './action'

/**
 * Cancels an unpaid order. It stays 未支付 until WeChat says CLOSED; meanwhile close_requested_at
 * tells the page to show 正在取消, and orderquery finishes it.
 */
export const closeorder = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  // WeChat refuses to close a young order: once the wish is written there is nothing to ask.
  if (order.status === 0 && isClosing(order) && ports.now() < closableAt(order)) return order
  const fact = await queryPayment(ports, order)
  const { order: settled } = await settleAnswer(ports, order, fact)
  if (settled.status === 2) return settled
  if (settled.status !== 0 || fact.kind === 'paid') throw notAllowedNow('订单已支付，不能取消')
  if (fact.kind === 'otherAmount') throw notAllowedNow('订单金额有异常，请联系商家')
  // The wish is written before WeChat is asked, so that a crash loses nothing.
  const { order: wished } = await change(ports, settled, 'close', (current) =>
    current.status === 0 && !isClosing(current) ? { close_requested_at: ports.now() } : undefined,
  )
  if (!mustClose(wished, ports.now())) return wished
  return (await closeAtWeChat(ports, wished)).order
})
