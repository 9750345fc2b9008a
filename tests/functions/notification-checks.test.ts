import { handleNotification } from '../../cloudfunctions/pay-notify/src/notification'
import { sign } from '../../simulator/wechat-pay/sign'
import { Invocation, type Hook } from '../safety/simulation/invocation'
import { account } from '../safety/simulation/merchant'
import { MINUTE, Simulation } from '../safety/simulation/simulation'
import { charged, refunding } from '../safety/workload/sample-orders'

/* What pay-notify checks before it acknowledges a notification, with ports in memory. */

type Fields = Record<string, string>

const parse = (body: string): Fields =>
  Object.fromEntries(
    [...body.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/g)].map(
      ([, name, cdata, text]) => [name!, cdata ?? text!],
    ),
  )
const format = (fields: Fields) =>
  `<xml>${Object.entries(fields)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')}</xml>`

/** Signs and posts the fields. @returns whether they were acknowledged, and the port calls */
async function post(simulation: Simulation, fields: Fields, type: 'MD5' | 'HMAC-SHA256' | 'none') {
  const { sign: _, ...unsigned } = fields
  const signature = type === 'none' ? '0'.repeat(64) : sign(unsigned, account.key, type)
  const calls: string[] = []
  const hook: Hook = ({ name }, when) => {
    if (when === 'before') calls.push(name)
    return 'go'
  }
  const ports = simulation.shopPorts(new Invocation('the notification', hook))
  const body = format({ ...unsigned, sign: signature })
  return { acknowledged: await handleNotification(ports, body), calls }
}

async function charge(sign_type?: 'MD5') {
  const simulation = new Simulation(sign_type && { settings: { sign_type } })
  const out_trade_no = await charged(simulation)
  return { simulation, out_trade_no, fields: parse(simulation.paymentNotification(out_trade_no)!) }
}

test('a payment signed with the order’s algorithm is acknowledged', async () => {
  const { simulation, fields } = await charge()
  expect(await post(simulation, fields, 'HMAC-SHA256')).toMatchObject({ acknowledged: true })
})

test('a payment signed with the other algorithm is refused', async () => {
  const { simulation, fields } = await charge()
  expect(await post(simulation, fields, 'MD5')).toEqual({
    acknowledged: false,
    calls: ['orders.get'],
  })
})

test('the order’s algorithm counts, not the configured one', async () => {
  const { simulation, fields } = await charge('MD5')
  simulation.settings.sign_type = 'HMAC-SHA256'
  expect(await post(simulation, fields, 'MD5')).toMatchObject({ acknowledged: true })
})

test('a forged signature causes no database read', async () => {
  const { simulation, fields } = await charge()
  expect(await post(simulation, fields, 'none')).toEqual({ acknowledged: false, calls: [] })
})

test.each([
  ['mch_id', '1900000109'],
  ['appid', 'wx0000000000000000'],
  ['return_code', 'FAIL'],
])('a signed notification with another %s causes no database read', async (name, value) => {
  const { simulation, fields } = await charge()
  const other = { ...fields, [name]: value }
  expect(await post(simulation, other, 'HMAC-SHA256')).toEqual({ acknowledged: false, calls: [] })
})

test('a refund that is still PROCESSING at WeChat is not acknowledged', async () => {
  const simulation = new Simulation()
  const out_trade_no = await refunding(simulation)
  simulation.clock.advance(MINUTE)
  const [body] = simulation.refundNotifications(out_trade_no)
  const [refund] = simulation.ledger.refunds(out_trade_no)
  simulation.clock.advance(-MINUTE)
  expect(refund).toBeDefined()
  expect(await simulation.notify(body!)).toBe(false)
  expect(simulation.order(out_trade_no)).toMatchObject({ status: 3 })
  simulation.clock.advance(MINUTE)
  expect(await simulation.notify(body!)).toBe(true)
  expect(simulation.order(out_trade_no)).toMatchObject({ status: 4 })
})
