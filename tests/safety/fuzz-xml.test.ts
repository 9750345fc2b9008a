import fc from 'fast-check'
import { takeNotification } from '../../cloudfunctions/pay-notify/src/notification'
import { parseXml } from '../../simulator/wechat-pay/xml'
import type { Order, PayReply } from '../../typings/contract'
import { Invocation } from './support/invocation'
import { account } from './support/merchant'
import { refundNotifications } from './support/notifications'
import { report, rounds, seed } from './support/rounds'
import { HOUR, Simulation } from './support/simulation'
import { decrypted, encrypted } from './tampering/encrypted'

const take = (simulation: Simulation, body: string) =>
  takeNotification(simulation.shopPorts(new Invocation('fuzz')), body)

async function newOrder(simulation: Simulation): Promise<Order> {
  const reply = await simulation.call(1, 'unifiedorder', {
    goods_id: 'cake',
    key: simulation.key(),
  })
  return (reply as Extract<PayReply, { code: 0 }>).data
}

/** What XML is made of, and what makes trouble in it. */
const BITS =
  '< > </ /> <xml> </xml> <root> <![CDATA[ ]]> ] & &amp; &lt; &#65; &a; <!DOCTYPE <!-- --> ' +
  'SUCCESS FAIL 0 1 字 \u0000 \ufeff a="1" <a><b>1</b></a> <total_fee>1</total_fee> <sign></sign> ' +
  '<__proto__>x</__proto__> <return_code>SUCCESS</return_code>'
const bits = fc.oneof(
  fc.constantFrom(...BITS.split(' ')),
  fc.string({ maxLength: 8, unit: 'binary' }),
)

/** One change of a text: a stretch of it is cut, or another or a bit is put somewhere. */
const edit = fc.record({
  what: fc.constantFrom('cut', 'copy', 'insert', 'replace'),
  from: fc.nat(2000),
  length: fc.integer({ min: 1, max: 80 }),
  to: fc.nat(2000),
  bit: bits,
})

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

function applyEdit(text: string, { what, from, length, to, bit }: Edit): string {
  const [start, target] = [from % (text.length + 1), to % (text.length + 1)]
  const stretch = text.slice(start, start + length)
  const put = (at: number, more: string) => text.slice(0, at) + more + text.slice(at)
  if (what === 'cut') return text.slice(0, start) + text.slice(start + length)
  if (what === 'copy') return put(target, stretch)
  if (what === 'insert') return put(target, bit)
  return text.slice(0, start) + bit + text.slice(start + bit.length)
}

const mutationsOf = (body: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.array(bits, { maxLength: 40 }).map((parts) => parts.join('')) },
    {
      weight: 19,
      arbitrary: fc
        .array(edit, { minLength: 1, maxLength: 4 })
        .map((edits) => edits.reduce(applyEdit, body)),
    },
  )

/** The fields that a text means, by a reader that shares nothing with the shop's. */
function meaning(body: string): string | undefined {
  try {
    const fields = Object.entries(parseXml(body)).filter(([, text]) => text !== '')
    return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
  } catch {
    return undefined
  }
}

/** Every mutation is refused, and writes nothing. */
async function expectRefused(simulation: Simulation, bodies: fc.Arbitrary<string>): Promise<void> {
  const before = simulation.writes.length
  const property = fc.asyncProperty(bodies, async (body) => {
    const taken = await take(simulation, body)
    if (taken !== false) throw new Error('taken')
    if (simulation.writes.length > before) throw new Error('written')
  })
  await fc.assert(property, { seed, numRuns: rounds(10_000) })
}

test(
  'no change of a payment notification is believed; the unchanged one is, by one write',
  async () => {
    const simulation = new Simulation({ seed })
    const { _id } = await newOrder(simulation)
    simulation.pay(_id)
    const body = simulation.paymentNotification(_id)!
    const same = meaning(body)
    // Spaces between elements and the like change nothing of what it says.
    const other = mutationsOf(body).filter((mutation) => meaning(mutation) !== same)
    await expectRefused(simulation, other)

    const before = simulation.writes.length
    expect(await take(simulation, body)).toBe(true)
    expect(simulation.writes).toHaveLength(before + 1)
    report(`fuzz payment notification: ${rounds(10_000)} mutations refused`)
  },
  HOUR,
)

test(
  'no notification, changed or not, settles a refund that WeChat says is under way',
  async () => {
    const simulation = new Simulation({ seed })
    const { _id } = await newOrder(simulation)
    simulation.pay(_id)
    await simulation.call(1, 'payorder', { out_trade_no: _id })
    await simulation.call(1, 'refund', { out_trade_no: _id })
    const later = simulation.clock.now() + 10_000
    const body = refundNotifications(simulation.ledger, account, _id, later)[0]!
    const outside = mutationsOf(body)
    const inside = mutationsOf(decrypted(body, account)).map((text) => encrypted(text, account))
    await expectRefused(simulation, fc.oneof(outside, inside))
    expect(simulation.order(_id)).toMatchObject({ status: 3 })

    simulation.clock.advance(10_000)
    expect(await take(simulation, body)).toBe(true)
    expect(simulation.order(_id)).toMatchObject({ status: 4 })
    report(`fuzz refund notification: ${rounds(10_000)} mutations refused`)
  },
  HOUR,
)
