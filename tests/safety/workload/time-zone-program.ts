/** Runs in its own process with its own time zone and prints times and orders as JSON. */
import {
  beijingTime,
  fromGatewayTime,
  toGatewayTime,
} from '../../../cloudfunctions/pay/src/beijing-time'
import { MINUTE, Simulation } from '../simulation/simulation'

/** Midnight in Beijing and in New York, and the hours of New York's clock changes. */
const MOMENTS = [
  Date.UTC(2026, 0, 1, 15, 59, 59),
  Date.UTC(2026, 0, 1, 16),
  Date.UTC(2026, 1, 28, 16),
  Date.UTC(2026, 2, 8, 6, 59, 59),
  Date.UTC(2026, 2, 8, 7),
  Date.UTC(2026, 10, 1, 5, 30),
  Date.UTC(2026, 10, 1, 6, 30),
  Date.UTC(2028, 1, 29, 4),
]

async function main() {
  const simulation = new Simulation()
  const call = (type: string, data: object) => simulation.call(1, type, data)
  for (const goods_id of ['tea', 'cake']) {
    await call('unifiedorder', { goods_id, key: simulation.key() })
  }
  const [refunded, closed] = simulation.orders().map(({ out_trade_no }) => ({ out_trade_no }))
  simulation.clock.advance(MINUTE)
  simulation.pay(refunded!.out_trade_no)
  await call('payorder', refunded!)
  simulation.clock.advance(6 * MINUTE)
  await call('closeorder', closed!)
  await call('refund', refunded!)
  simulation.clock.advance(MINUTE)
  await call('queryrefund', refunded!)

  const times = MOMENTS.map((ms) => ({
    shown: beijingTime(ms),
    sent: toGatewayTime(ms),
    read: fromGatewayTime(toGatewayTime(ms)) === ms && fromGatewayTime(beijingTime(ms)) === ms,
  }))
  const zone = { january: new Date(2026, 0, 1).toISOString() }
  process.stdout.write(JSON.stringify({ zone, times, orders: simulation.orders() }))
}

void main()
