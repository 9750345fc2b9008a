import { createHash } from 'node:crypto'
import type { Fen, Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { notAllowedNow, ShopError, unknownOutcome } from '../errors'
import { settleFact } from '../finish'
import { isCloseRequested, newOrder, STATUS, validateOrder } from '../order'
import type { ShopperPorts, StoredGoods } from '../ports'
import { publishError } from '../publish-error'
import { queryPayment } from '../query'
import { textField } from '../request'
import type { Action } from './action'

/** WeChat Pay's limit on `body`, in UTF-8 bytes. */
const MAX_BODY_BYTES = 128

/** One line of text that XML 1.0 can carry, without control characters. */
const XML_LINE = /^[\x20-\x7E\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u

/** Returns whether a value can be the id of goods in a request. */
export const isGoodsId = (value: unknown) => typeof value === 'string' && GOODS_ID.test(value)

const GOODS_ID = /^[\w-]{1,64}$/

export const unifiedorder: Action<'unifiedorder'> = {
  read: (data) => ({
    goods_id: textField(data, 'goods_id', GOODS_ID, '1 到 64 个字母、数字、_ 或 -'),
    key: textField(data, 'key', /^[0-9a-f]{32}$/, '32 个小写十六进制字符'),
  }),
  run,
}

/**
 * Creates the order of one purchase, or returns the existing one. `key` is the idempotency key:
 * a second tap, or a retry after a lost reply, sends the same key and gets the same out_trade_no.
 * Always returns the stored order.
 */
async function run(
  ports: ShopperPorts,
  { goods_id, key }: PayRequests['unifiedorder'],
): Promise<Order> {
  const out_trade_no = orderNumberOf(ports, key)
  const [goods, stored, unpaid] = await Promise.all([
    ports.goods.get(goods_id),
    ports.orders.get(out_trade_no),
    ports.orders.countUnpaid(),
  ])
  if (!stored && unpaid >= ports.settings.max_unpaid) throw tooManyUnpaid(ports)
  const order = stored ?? (await add(ports, { out_trade_no, goods_id, ...lineItem(goods) }))
  if (validateOrder(order).goods_id !== goods_id) {
    throw new ShopError('KEY_REUSED', '这次下单已用于另一件商品，请返回重试')
  }
  if (!isPayable(order)) return withoutPaySign(order)
  if (ports.now() >= order.expires_at) throw notAllowedNow('订单已过期，请重新下单')
  return order.sign === undefined ? prepay(ports, order) : order
}

const isPayable = (order: Order) => order.status === STATUS.UNPAID && !isCloseRequested(order)

const tooManyUnpaid = ({ settings }: ShopperPorts) =>
  new ShopError(
    'TOO_MANY_UNPAID',
    `最多可有 ${settings.max_unpaid} 个未支付的订单，请先支付，或取消后等几分钟再下单`,
  )

/** Removes the paySign from an order that is paid, closed or closing. */
function withoutPaySign(order: Order): Order {
  const { prepay_id, time_stamp, nonce_str, sign, ...rest } = order
  return rest
}

/** Derives the order number, 32 hex characters, from the caller and the key: it cannot be guessed. */
function orderNumberOf({ settings, openid }: ShopperPorts, key: string): string {
  const hash = createHash('sha256').update([settings.appid, openid, key].join('|'))
  return hash.digest('hex').slice(0, 32)
}

/**
 * Returns what an order copies from the goods.
 * @throws ShopError GOODS_NOT_FOUND, GOODS_NOT_FOR_SALE
 */
function lineItem(goods: StoredGoods | undefined): { body: string; total_fee: Fen } {
  if (!goods) throw new ShopError('GOODS_NOT_FOUND', '商品不存在或已下架')
  const { name, price, _openid } = goods
  // A document with an _openid was written by a client, which could have chosen the price.
  const body = bodyOf(name)
  const isPrice = Number.isSafeInteger(price) && (price as number) >= 1
  if (_openid !== undefined || body === undefined || !isPrice) {
    throw new ShopError('GOODS_NOT_FOR_SALE', '商品信息有误，暂时不能购买')
  }
  return { body, total_fee: price as Fen }
}

/** Returns the name of goods in one line, cut to WeChat's limit; undefined if XML cannot carry it. */
function bodyOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const line = name.replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' ').trim()
  // `encodeInto` never writes part of a character.
  const { read } = new TextEncoder().encodeInto(line, new Uint8Array(MAX_BODY_BYTES))
  return XML_LINE.test(line) ? line.slice(0, read).trimEnd() : undefined
}

/** Stores the new order. @throws the database's error if it is not known to be stored */
async function add(ports: ShopperPorts, item: Parameters<typeof newOrder>[1]): Promise<Order> {
  const order = newOrder(ports, item)
  try {
    await ports.orders.add(order)
    return order
  } catch (error) {
    // A concurrent tap created the order first, or the reply was lost: the stored row decides.
    const stored = await ports.orders.get(item.out_trade_no)
    if (!stored) throw error
    return stored
  }
}

/**
 * Requests the prepay_id from WeChat, and in parallel counts the shopper's unpaid orders again, this
 * one included: concurrent taps can all pass the first count before any of them stores its row. If
 * the limit is exceeded, no paySign is returned and the order is closed.
 */
async function prepay(ports: ShopperPorts, order: Order): Promise<Order> {
  const [reply, unpaid] = await Promise.all([
    ports.wechatPay.unifiedorder(order),
    ports.orders.countUnpaid().catch(publishError),
  ])
  if (unpaid === undefined) throw unknownOutcome('COUNT')
  if (unpaid > ports.settings.max_unpaid) return markForClosing(ports, order)
  if (reply.kind === 'unknown') throw unknownOutcome(reply.why)
  if (reply.kind === 'refused') {
    const { err_code, err_code_des } = reply
    const fact = await queryPayment(ports, order)
    const { order: known } = await settleFact(ports, order, fact)
    if (known.status !== STATUS.UNPAID) return withoutPaySign(known)
    throw new ShopError('WECHAT_PAY_REFUSED', err_code_des, err_code)
  }
  const { prepay_id } = reply.fields
  if (!prepay_id) throw unknownOutcome('INCOMPLETE')
  const time_stamp = String(Math.floor(ports.now() / 1000))
  const nonce_str = ports.nonce()
  const payable = { prepay_id, time_stamp, nonce_str, sign_type: order.sign_type }
  const sign = ports.wechatPay.paySign(payable)
  // The paySign is returned only after it is stored (money rule 5).
  const { order: signed } = await change(ports, order, 'prepay', (current) =>
    isPayable(current) && current.sign === undefined ? { ...payable, sign } : undefined,
  )
  return isPayable(signed) ? signed : withoutPaySign(signed)
}

/**
 * Marks an order above the limit for closing.
 * @returns the order, if a concurrent call gave it its paySign
 * @throws ShopError TOO_MANY_UNPAID otherwise
 */
async function markForClosing(ports: ShopperPorts, order: Order): Promise<Order> {
  const { order: marked } = await change(ports, order, 'too many unpaid', (current) =>
    isPayable(current) && current.sign === undefined
      ? { close_requested_at: ports.now() }
      : undefined,
  )
  if (isPayable(marked)) return marked
  throw tooManyUnpaid(ports)
}
