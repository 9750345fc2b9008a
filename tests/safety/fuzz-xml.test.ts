import fc from 'fast-check'
import { handleNotification } from '../../cloudfunctions/pay-notify/src/notification'
import { parseXml } from '../../simulator/wechat-pay/xml'
import { seed } from '../support/run/full-run'
import { decrypted, encrypted } from './faults/tampering/encrypted'
import { Invocation } from './simulation/invocation'
import { account } from './simulation/merchant'
import { refundNotifications } from './simulation/notifications'
import { HOUR, Simulation } from './simulation/simulation'
import { report, rounds } from './workload/rounds'
import { charged, refunding } from './workload/sample-orders'

const NUM_RUNS = rounds(10_000, 1000)

const handle = (simulation: Simulation, body: string) =>
  handleNotification(simulation.shopPorts(new Invocation('fuzz')), body)

/** Parts of XML, and text that may confuse its parser. */
const BITS =
  '< > </ /> <xml> </xml> <root> <![CDATA[ ]]> ] & &amp; &lt; &#65; &a; <!DOCTYPE <!-- --> ' +
  'SUCCESS FAIL 0 1 字 \u0000 \ufeff a="1" <a><b>1</b></a> <total_fee>1</total_fee> <sign></sign> ' +
  '<__proto__>x</__proto__> <return_code>SUCCESS</return_code>'
const bits = fc.oneof(
  fc.constantFrom(...BITS.split(' ')),
  fc.string({ maxLength: 8, unit: 'binary' }),
)

/** One change of a text: cut or copy a part, or insert or overwrite with a bit. */
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
  const part = text.slice(start, start + length)
  const put = (at: number, more: string) => text.slice(0, at) + more + text.slice(at)
  if (what === 'cut') return text.slice(0, start) + text.slice(start + length)
  if (what === 'copy') return put(target, part)
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

/** Returns the fields of a text, read by a parser that shares no code with the shop's. */
function meaning(body: string): string | undefined {
  try {
    const fields = Object.entries(parseXml(body)).filter(([, text]) => text !== '')
    return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
  } catch {
    return undefined
  }
}

/** Expects that every mutation is refused and writes nothing. */
async function expectRefused(simulation: Simulation, bodies: fc.Arbitrary<string>): Promise<void> {
  const before = simulation.writes.length
  const property = fc.asyncProperty(bodies, async (body) => {
    const accepted = await handle(simulation, body)
    if (accepted !== false) throw new Error('accepted')
    if (simulation.writes.length > before) throw new Error('written')
  })
  await fc.assert(property, { seed, numRuns: NUM_RUNS })
}

test(
  'every changed payment notification is refused; the unchanged one is accepted by one write',
  async () => {
    const simulation = new Simulation({ seed })
    const _id = await charged(simulation)
    const body = simulation.paymentNotification(_id)!
    const same = meaning(body)
    // A mutation such as a space between elements does not change the fields.
    const other = mutationsOf(body).filter((mutation) => meaning(mutation) !== same)
    await expectRefused(simulation, other)

    const before = simulation.writes.length
    expect(await handle(simulation, body)).toBe(true)
    expect(simulation.writes).toHaveLength(before + 1)
    report(`fuzz payment notification: ${NUM_RUNS} mutations refused`)
  },
  HOUR,
)

test(
  'no notification, changed or not, settles a refund that is PROCESSING at WeChat',
  async () => {
    const simulation = new Simulation({ seed })
    const _id = await refunding(simulation)
    const later = simulation.clock.now() + 10_000
    const body = refundNotifications(simulation.ledger, account, _id, later)[0]!
    const outside = mutationsOf(body)
    const inside = mutationsOf(decrypted(body, account)).map((text) => encrypted(text, account))
    await expectRefused(simulation, fc.oneof(outside, inside))
    expect(simulation.order(_id)).toMatchObject({ status: 3 })

    simulation.clock.advance(10_000)
    expect(await handle(simulation, body)).toBe(true)
    expect(simulation.order(_id)).toMatchObject({ status: 4 })
    report(`fuzz refund notification: ${NUM_RUNS} mutations refused`)
  },
  HOUR,
)
