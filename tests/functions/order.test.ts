import { canMove, moves } from '../../cloudfunctions/pay/src/order'
import type { OrderStatus } from '../../typings/contract'

const STATUSES: OrderStatus[] = [0, 1, 2, 3, 4]
const edges = Object.values(moves)
const after = (status: OrderStatus) =>
  edges.filter(({ from }) => from === status).map(({ to }) => to)

/** Every status that can follow, in any number of moves. */
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
  test('has exactly the six edges of the specification', () => {
    expect(edges.map(({ from, to }) => `${from}→${to}`).sort()).toEqual([
      '0→1',
      '0→2',
      '1→3',
      '2→3',
      '3→1',
      '3→4',
    ])
  })

  test('every status can be reached from a new order, which nothing leads back to', () => {
    expect(reachable(0)).toEqual(new Set([1, 2, 3, 4]))
  })

  test('refunded is the only end; paid and closed can still be followed by a refund', () => {
    expect(STATUSES.filter((status) => after(status).length === 0)).toEqual([4])
    for (const status of [0, 1, 2, 3] as const) expect(reachable(status)).toContain(4)
  })

  test('a closed order never becomes a paid one', () => {
    expect(canMove(2, 1)).toBe(false)
  })

  test('the words of a status are the same whichever move led there, but for a late payment', () => {
    const words = (to: OrderStatus) =>
      new Set(edges.filter((edge) => edge.to === to).map(({ trade_state }) => trade_state))
    for (const status of [1, 2, 3, 4] as const) expect(words(status).size).toBe(1)
  })
})
