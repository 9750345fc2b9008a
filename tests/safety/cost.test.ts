import { handleNotification } from '../../cloudfunctions/pay-notify/src/notification'
import { readXml } from '../../cloudfunctions/pay/src/adapters/xml'
import { Invocation } from './simulation/invocation'
import { account } from './simulation/merchant'
import { Simulation } from './simulation/simulation'
import { note } from './workload/rounds'
import { ordered } from './workload/sample-orders'

const SMALL = 4 * 1024
const LARGE = 64 * 1024
/** The most by which the large text may take longer; linear time is 16 times. */
const LIMIT = 20

/** Returns a function that repeats `part` up to a total length. */
const fill = (begin: string, part: string, end: string) => (length: number) =>
  begin + part.repeat(Math.floor((length - begin.length - end.length) / part.length)) + end

const manyElements = (length: number) => {
  const count = Math.floor((length - 11) / 16)
  const elements = Array.from({ length: count }, (_, n) => {
    const name = `a${String(n).padStart(4, '0')}`
    return `<${name}>1</${name}>`
  })
  return `<xml>${elements.join('')}</xml>`
}

const SHAPES: readonly (readonly [string, (length: number) => string])[] = [
  ['a long text', fill('<xml><a>', 'x', '</a></xml>')],
  ['many elements', manyElements],
  ['one element repeated', fill('<xml>', '<a>1</a>', '</xml>')],
  ['many entities', fill('<xml><a>', '&amp;', '</a></xml>')],
  ['many "&"', fill('<xml><a>', '&', '</a></xml>')],
  ['many "<"', fill('<xml><a>', '<', '</a></xml>')],
  ['nesting', fill('<xml>', '<a>', '</xml>')],
  ['a long CDATA of "]"', fill('<xml><a><![CDATA[', ']', ']]></a></xml>')],
  ['a long CDATA of "]]"', fill('<xml><a><![CDATA[', ']] ', ']]></a></xml>')],
  ['many CDATA', fill('<xml><a>', '<![CDATA[]]>', '</a></xml>')],
  ['many CDATA and no end', fill('<xml><a>', '<![CDATA[x]]>', '')],
  ['a CDATA without an end', fill('<xml><a><![CDATA[', ']x', '')],
  ['many CDATA without an end', fill('<xml><a>', '<![CDATA[', '')],
  ['a text without an end', fill('<xml><a>', 'x', '')],
  ['a root without an end', fill('<xml>', ' ', '')],
  ['only spaces', fill('', ' ', '')],
  ['spaces before a root', fill('', ' \n', '<xml></xml>')],
  ['spaces between elements', fill('<xml>', ' ', '<a>1</a></xml>')],
  ['spaces after the root', fill('<xml></xml>', ' ', 'x')],
  ['a long declaration', fill('<?xml ', 'a', '?><xml></xml>')],
  ['a long name', fill('<xml><', 'a', '>')],
]

const SAMPLES = 15

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Returns the ratio of the median times of the large and the small text, measured alternately. */
async function compare(work: (text: string) => unknown, shape: (length: number) => string) {
  const [small, large] = [shape(SMALL), shape(LARGE)]
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  const measure = async (text: string, repeat: number) => {
    const began = performance.now()
    for (let n = 0; n < repeat; n++) await work(text)
    return (performance.now() - began) / repeat
  }
  await measure(small, 32)
  // More than a second for 64 KB is too slow in any case, so no further measurement is needed.
  if ((await measure(large, 1)) > 1000) return Infinity
  for (let sample = 0; sample < SAMPLES; sample++) {
    times.small.push(await measure(small, 16))
    times.large.push(await measure(large, 1))
  }
  return median(times.large) / median(times.small)
}

/** Expects the best of five measurements to be linear. Other processes can only make one slower. */
async function expectLinear(work: (text: string) => unknown, shape: (length: number) => string) {
  const ratios: number[] = []
  while (ratios.length < 5 && ratios.every((ratio) => ratio > LIMIT && ratio < Infinity)) {
    ratios.push(await compare(work, shape))
  }
  expect(Math.min(...ratios)).toBeLessThanOrEqual(LIMIT)
  return Math.min(...ratios)
}

test.each(SHAPES)(
  'reading %s of 64 KB takes at most twenty times as long as 4 KB',
  async (_, shape) => {
    expect(shape(LARGE).length).toBeLessThanOrEqual(LARGE)
    expect(shape(LARGE).length).toBeGreaterThan(LARGE * 0.9)
    await expectLinear(readXml, shape)
  },
)

describe('handling a notification of 64 KB', () => {
  const simulation = new Simulation()
  const handle = (body: string) =>
    handleNotification(simulation.shopPorts(new Invocation('cost')), body)
  const { appid, mch_id } = account
  const head = `<xml><return_code>SUCCESS</return_code><appid>${appid}</appid><mch_id>${mch_id}</mch_id>`
  let out_trade_no = ''

  beforeAll(async () => {
    out_trade_no = await ordered(simulation, 'tea')
  })

  test.each<[string, (length: number) => string]>([
    [
      'of an order, with a long text',
      (length) =>
        fill(`${head}<out_trade_no>${out_trade_no}</out_trade_no><a>`, 'x', '</a></xml>')(length),
    ],
    [
      'of an order, with many elements',
      (length) =>
        `${head}<out_trade_no>${out_trade_no}</out_trade_no>${manyElements(length - 300).slice(5)}`,
    ],
    ['of a refund', fill(`${head}<req_info>`, 'QUJD', '</req_info></xml>')],
    ['of nothing', fill('<xml>', '<', '')],
  ])('%s takes at most twenty times as long as one of 4 KB', async (what, shape) => {
    const before = simulation.writes.length
    const times = await expectLinear(handle, shape)
    note(`cost: ${times.toFixed(1)} times the time for 16 times the length, a notification ${what}`)
    expect(simulation.writes).toHaveLength(before)
  })
})
