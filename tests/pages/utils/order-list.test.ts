import { nthOrder, orders } from '../support/samples'

/** Loaded by path: its types need the mini program's globals, which conflict with those of Node. */
const { changedPages } = jest.requireActual<{
  changedPages(before: object[], after: object[]): Record<string, unknown>
}>('../../../miniprogram/utils/order-list')

/** Returns the n-th page of a list, as setData receives it. */
const pageOf = (rows: object[], number: number) => ({
  [`pages[${number}]`]: { number, rows: rows.slice(number * 20, (number + 1) * 20) },
})

/** Returns the first orders of the list, newest first. */
const list = (count: number) => orders(1, 1000).toReversed().slice(0, count)

describe('the argument of setData for the order list', () => {
  test.each([0, 20, 500, 980])('is one page when one is appended to %d rows', (count) => {
    const after = list(count + 20)
    expect(changedPages(list(count), after)).toEqual(pageOf(after, count / 20))
  })

  test('is nothing when nothing changed', () => {
    expect(changedPages(list(45), list(45))).toEqual({})
  })

  test('is the last page when it grows', () => {
    expect(changedPages(list(45), list(47))).toEqual(pageOf(list(47), 2))
  })

  test('is the page of an order that was written', () => {
    const after = list(60).with(25, { ...nthOrder(975), rev: 2 })
    expect(changedPages(list(60), after)).toEqual(pageOf(after, 1))
  })

  test('is the page of an order that was replaced by another one', () => {
    const after = list(60).with(25, { ...nthOrder(2000), rev: 1 })
    expect(changedPages(list(60), after)).toEqual(pageOf(after, 1))
  })

  test('is every page when an order is added on top', () => {
    const after = [nthOrder(1001), ...list(39)]
    expect(Object.keys(changedPages(list(40), after))).toEqual(['pages[0]', 'pages[1]'])
  })

  test.each([40, 20, 0])('is the whole list when it shrinks from 45 rows to %d', (count) => {
    const { pages, ...rest } = changedPages(list(45), list(count))
    expect((pages as { rows: object[] }[]).flatMap(({ rows }) => rows)).toEqual(list(count))
    expect(rest).toEqual({})
  })

  test('is the page that lost a row when the number of pages stays the same', () => {
    const after = list(45).toSpliced(43, 1)
    expect(changedPages(list(45), after)).toEqual(pageOf(after, 2))
  })
})
