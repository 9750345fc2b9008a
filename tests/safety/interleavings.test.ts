import { handleRequest } from '../../simulator/wechat-pay/endpoints'
import { refundStatus } from '../../simulator/wechat-pay/ledger/entities'
import { seed } from '../support/run/full-run'
import type { Simulation } from './simulation/simulation'
import { pairs } from './workload/interleavings/actors'
import { runSchedules } from './workload/interleavings/schedules'
import { stages, simulationAt, type Stage } from './workload/interleavings/stages'
import { report, rounds } from './workload/rounds'

/** How many schedules of each pair are run, over all its stages, if that many exist. */
const wanted = Math.ceil(rounds(200 * pairs().length, 15 * pairs().length) / pairs().length)
const HOUR = 3_600_000
let total = 0

/** Each stage with the status in the shop and the state at WeChat. */
const EXPECTED: [Stage, number | undefined, string][] = [
  ['wanted, no row yet', undefined, 'none'],
  ['added, not at WeChat', 0, 'none'],
  ['ordered', 0, 'NOTPAY'],
  ['old enough to be closed', 0, 'NOTPAY'],
  ['closing', 0, 'NOTPAY'],
  ['expired', 0, 'NOTPAY'],
  ['expired, closed by WeChat', 0, 'CLOSED'],
  ['closed', 2, 'CLOSED'],
  ['closed, but payable', 2, 'NOTPAY'],
  ['paid after closing', 2, 'SUCCESS'],
  ['charged, not settled here', 0, 'SUCCESS'],
  ['charged, not settled here, expired', 0, 'SUCCESS'],
  ['paid, message owed', 1, 'SUCCESS'],
  ['paid', 1, 'SUCCESS'],
  ['refund requested, not at WeChat', 3, 'SUCCESS'],
  ['refund refused, an earlier request pending', 1, 'SUCCESS'],
  ['refund refused, but accepted at WeChat', 1, 'PROCESSING'],
  ['refund processing', 3, 'PROCESSING'],
  ['refund paid out, not settled here', 3, 'SUCCESS'],
  ['refund closed, not settled here', 3, 'REFUNDCLOSE'],
  ['refund closed', 1, 'REFUNDCLOSE'],
  ['refund in CHANGE, not settled here', 3, 'CHANGE'],
  ['late refund closed, not settled here', 3, 'REFUNDCLOSE'],
  ['refunded', 4, 'SUCCESS'],
]

test.each(EXPECTED)('%s: status %s here, %s at WeChat', async (stage, status, known) => {
  const { simulation, out_trade_no } = await simulationAt(stage)
  const here = simulation.order(out_trade_no)?.status
  expect([here, stateAtWeChat(simulation, out_trade_no)]).toEqual([status, known])
})

test('every stage is in the table above', () => {
  expect(EXPECTED.map(([stage]) => stage)).toEqual(Object.keys(stages))
})

function stateAtWeChat(simulation: Simulation, out_trade_no: string): string | undefined {
  const [refund] = simulation.ledger.refunds(out_trade_no)
  if (refund) return refundStatus(refund, simulation.clock.now())
  const reply = handleRequest(simulation.ledger, 'orderquery', { out_trade_no })
  return reply.kind === 'accept' ? reply.fields.trade_state : 'none'
}

describe('two actors on one order keep the money rules', () => {
  test.each(pairs())(
    '%s and %s',
    async (...pair) => {
      const { schedules, exhausted, broken } = await runSchedules(pair, { wanted, seed })
      total += schedules
      expect(broken).toBeUndefined()
      expect(schedules === wanted || exhausted).toBe(true)
    },
    HOUR,
  )

  afterAll(() => {
    report(
      `interleavings: ${total} schedules of ${pairs().length} pairs, no two of them equivalent`,
    )
  })
})
