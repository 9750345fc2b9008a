import { permissions } from '../../../../scripts/checks/sources/permissions'
import { ProjectCopy } from '../project-copy'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
})
afterEach(() => copy.destroy())

const FILE = 'cloud/database/permissions.json'

test('the permissions of the project are safe', async () => {
  expect(await copy.problems(permissions)).toEqual([])
})

test.each([
  ['READONLY goods', (it: any) => (it.goods = { aclTag: 'READONLY' }), /may create.* of goods/],
  ['PRIVATE goods', (it: any) => (it.goods = { aclTag: 'PRIVATE' }), /cannot read all goods/],
  ['goods without a setting', (it: any) => delete it.goods, /names no permissions of goods/],
  ['orders without a setting', (it: any) => delete it.orders, /names no permissions of orders/],
  ['PRIVATE orders', (it: any) => (it.orders = { aclTag: 'PRIVATE' }), /may create.* of orders/],
  [
    'orders that their owner may write',
    (it: any) => (it.orders.rule.write = 'doc._openid == auth.openid'),
    /may create, update, delete documents of orders/,
  ],
  [
    'orders that every phone can read',
    (it: any) => (it.orders.rule.read = true),
    /may read the orders of others/,
  ],
  [
    'orders that no phone can read',
    (it: any) => (it.orders = { aclTag: 'ADMINONLY' }),
    /cannot read their own orders/,
  ],
  [
    'a setting that does not exist',
    (it: any) => (it.goods.aclTag = 'OPEN'),
    /permissions\.json: goods: aclTag must be one of/,
  ],
])('%s are found', async (_what, change, found) => {
  copy.json(FILE, change)
  expect(await copy.problems(permissions)).toContainEqual(expect.stringMatching(found))
})
