import { measureDocuments } from '../../../scripts/bench/documents'
import type { Row } from '../../../scripts/bench/measurement'
import { readIndexes } from '../../../simulator/settings/collections'
import { readSettings } from '../../../simulator/settings/read-settings'
import { project } from '../../support/project'
import { openShop, type TestShop } from '../../support/shop'

/* What the database reads does not grow with the number of orders. */

const { orders: INDEXES = [] } = readIndexes(project, readSettings(project))

let shop: TestShop
beforeAll(async () => (shop = await openShop()))
afterAll(() => shop.close())

/** Returns the rows whose count at 1,000 orders is not that at 10, with these indexes. */
async function growing(indexes: typeof INDEXES): Promise<Row[]> {
  const { database } = shop.simulator.cloud
  database.remove('orders', {}, { multi: true })
  database.setIndexes({ orders: indexes })
  const rows = await measureDocuments(shop, project, [10, 1000])
  expect(rows).toHaveLength(10)
  return rows.filter(({ values: [few, many] }) => few !== many)
}

test('no action, list page or run of the timer reads more of 1,000 orders than of 10', async () => {
  expect(await growing(INDEXES)).toEqual([])
})

test.each(INDEXES)('without the index %j something reads more', async (index) => {
  expect(await growing(INDEXES.filter((other) => other !== index))).not.toEqual([])
})
