import { canMove, MOVES } from '../../cloudfunctions/pay/src/order'
import type { OrderStatus } from '../../typings/contract'

const STATUSES: OrderStatus[] = [0, 1, 2, 3, 4]
const ALL_MOVES = Object.values(MOVES)
const after = (status: OrderStatus) =>
  ALL_MOVES.filter(({ from }) => from === status).map(({ to }) => to)

/** Returns every status that any number of moves leads to. */
function reachable(from: OrderStatus): Set<OrderStatus> {
  const seen = new Set<OrderStatus>()
  const visit = (status: OrderStatus) => {
    for (const next of after(status)) {
      if (seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(from)
  return seen
}

describe('the table of moves', () => {
  test('has exactly the six moves of the specification', () => {
    expect(ALL_MOVES.map(({ from, to }) => `${from}→${to}`).sort()).toEqual([
      '0→1',
      '0→2',
      '1→3',
      '2→3',
      '3→1',
      '3→4',
    ])
  })

  test('leads from a new order to every other status, and never back to unpaid', () => {
    expect(reachable(0)).toEqual(new Set([1, 2, 3, 4]))
  })

  test('has refunded as the only final status, which every other status can reach', () => {
    expect(STATUSES.filter((status) => after(status).length === 0)).toEqual([4])
    for (const status of [0, 1, 2, 3] as const) expect(reachable(status)).toContain(4)
  })

  test('never makes a closed order paid', () => {
    expect(canMove(2, 1)).toBe(false)
  })

  test('gives each status one trade_state, whichever move leads to it', () => {
    const tradeStates = (to: OrderStatus) =>
      new Set(ALL_MOVES.filter((move) => move.to === to).map(({ trade_state }) => trade_state))
    for (const status of [1, 2, 3, 4] as const) expect(tradeStates(status).size).toBe(1)
  })
})
