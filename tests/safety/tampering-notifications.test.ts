import { APPID } from '../../simulator/settings/identity'
import { sign } from '../../simulator/wechat-pay/sign'
import { type Fields, formatXml, parseXml } from '../../simulator/wechat-pay/xml'
import type { Order } from '../../typings/contract'
import { openShop, type Shopper, type TestShop } from '../support/shop'
import { encrypted } from './faults/tampering/encrypted'
import {
  eachField,
  failWithForgedFields,
  OTHER,
  type Tampered,
  tamperingsOf,
} from './faults/tampering/tamperings'
import { note } from './workload/rounds'

/* Tampered notifications, posted to pay-notify by HTTP access. */

let shop: TestShop
let shopper: Shopper
let key: string
beforeAll(async () => {
  shop = await openShop()
  shopper = shop.shopper(1)
  key = shop.simulator.gateway.merchant.key
})
afterAll(() => shop.close())

const signed = (fields: Fields) => formatXml({ ...fields, sign: sign(fields, key, 'HMAC-SHA256') })

const FAIL =
  '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[FAIL]]></return_msg></xml>'

async function post(body: string): Promise<string> {
  const url = `${shop.simulator.cloud.httpAccess.url}/pay-notify`
  const headers = { 'content-type': 'text/xml' }
  const response = await fetch(url, { method: 'POST', headers, body })
  return response.text()
}

/** Returns WeChat's newest notification about the order. */
const notificationOf = ({ out_trade_no }: Order) =>
  shop.simulator.gateway.notifications.about(out_trade_no).at(-1)!.body

/** Posts each notification. @returns those that were not refused or that changed the order */
async function acceptedTamperings(
  tampered: readonly Tampered[],
  { out_trade_no }: Order,
): Promise<string[]> {
  const { rev } = shop.stored(out_trade_no)
  const found: string[] = []
  for (const { what, xml } of tampered) {
    const reply = await post(xml)
    if (reply !== FAIL || shop.stored(out_trade_no).rev !== rev) found.push(what)
  }
  note(`tampering: ${tampered.length} notifications`)
  return found
}

describe('a payment', () => {
  test('is accepted from the untampered notification only, by one write', async () => {
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    const body = notificationOf(order)
    const genuine = parseXml(body)
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await acceptedTamperings(tampered, order)).toEqual([])

    expect(await post(body)).toContain('SUCCESS')
    expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1, rev: order.rev + 1 })
  })

  test('that was not made is refused even when the notification is signed', async () => {
    const [paid, unpaid] = [await shopper.newOrder(), await shopper.newOrder()]
    await shopper.confirm(paid)
    const genuine = { ...parseXml(notificationOf(paid)), out_trade_no: unpaid.out_trade_no }
    expect(await post(signed(genuine))).toBe(FAIL)
    expect(shop.stored(unpaid.out_trade_no)).toEqual(unpaid)
  })

  test('has the amount of the query, not of the notification', async () => {
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    const forged = { ...parseXml(notificationOf(order)), total_fee: '1', transaction_id: 'forged' }
    await post(signed(forged))
    const { transaction_id } = shop.simulator.gateway.ledger.trade(order.out_trade_no)!.payment!
    expect(shop.stored(order.out_trade_no)).toMatchObject({ paid_fee: 5, transaction_id })
  })
})

describe('a refund', () => {
  const account = () => ({ appid: APPID, mch_id: shop.simulator.gateway.merchant.mch_id, key })

  /** Returns an order whose refund WeChat has accepted. */
  const refunding = async () => shopper.order('refund', await shopper.paidOrder())

  /** Returns WeChat's notification of the refund once it has ended. */
  const contentOf = ({ out_trade_no, transaction_id, total_fee, refund }: Order): Fields => ({
    transaction_id: transaction_id!,
    out_trade_no,
    refund_id: '50000000000000000000000000001',
    out_refund_no: refund!.out_refund_no,
    total_fee: `${total_fee}`,
    settlement_total_fee: `${total_fee}`,
    refund_fee: `${total_fee}`,
    settlement_refund_fee: `${total_fee}`,
    refund_status: 'SUCCESS',
    success_time: '2026-01-01 12:00:00',
    refund_recv_accout: '支付用户零钱',
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_request_source: 'API',
  })

  test('that is PROCESSING is not settled by any notification', async () => {
    // However long the posts below take
    shop.simulator.gateway.ledger.set({ refundEndsAfterMs: 3_600_000 })
    const order = await refunding()
    shop.simulator.gateway.ledger.set({ refundEndsAfterMs: 3000 })
    const content = contentOf(order)
    const inside = [...eachField(content), { what: 'none', xml: formatXml(content) }]
    const outside = eachField(parseXml(encrypted(formatXml(content, 'root'), account())))
    const tampered = [
      ...inside.map(({ what, xml }) => ({
        what: `${what} inside`,
        xml: encrypted(xml.replaceAll('xml>', 'root>'), account()),
      })),
      ...outside,
    ]
    expect(await acceptedTamperings(tampered, order)).toEqual([])
  })

  test('that has ended is accepted from the genuine notification, by one write', async () => {
    const order = await refunding()
    shop.simulator.clock.advance(5000)
    const body = encrypted(formatXml(contentOf(order), 'root'), account())
    expect(await post(body)).toContain('SUCCESS')
    const { settled_at } = shop.stored(order.out_trade_no).refund!
    expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 4, rev: order.rev + 1 })
    // The time of the query, not of the notification.
    expect(settled_at).toBeGreaterThan(order.refund!.requested_at)
  })

  test.each([
    ['another key', (content: string) => encrypted(content, { ...account(), key: OTHER.key })],
    ['another merchant', (content: string) => encrypted(content, { ...account(), ...OTHER })],
    [
      'another mch_id',
      (content: string) => encrypted(content, { ...account(), mch_id: OTHER.mch_id }),
    ],
    [
      'another appid',
      (content: string) => encrypted(content, { ...account(), appid: OTHER.appid }),
    ],
    [
      'return_code FAIL',
      (content: string) => encrypted(content, account()).replace('SUCCESS', 'FAIL'),
    ],
    ['no encryption', (content: string) => content.replaceAll('root>', 'xml>')],
  ])('that has ended is refused with %s', async (_, made) => {
    const order = await refunding()
    shop.simulator.clock.advance(5000)
    expect(await post(made(formatXml(contentOf(order), 'root')))).toBe(FAIL)
    expect(shop.stored(order.out_trade_no)).toEqual(order)
  })
})
