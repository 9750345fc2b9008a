import type { CloudFolder } from '../../../../scripts/cloud/setup/checkout'
import { startFakeCloud, type FakeCloud } from '../../../support/fake-cloud'
import { setUp, smallFolder } from '../../../support/fake-cloud/set-up'

let fakeCloud: FakeCloud
let folder: CloudFolder
beforeEach(async () => {
  fakeCloud = await startFakeCloud()
  folder = smallFolder()
  await setUp(fakeCloud, folder)
})
afterEach(() => fakeCloud.close())

const inCloud = (id: string) => fakeCloud.cloud.database.get('goods', id)
/** What the merchant does in the console. */
function edit(id: string, fields: Record<string, unknown>): void {
  fakeCloud.cloud.database.update('goods', { _id: id }, { $set: fields }, { multi: false })
}

test('a price that the owner changed stays, and is pointed out', async () => {
  edit('jidangan', { price: 250 })
  const { code, output } = await setUp(fakeCloud, folder)
  expect(inCloud('jidangan')?.price).toBe(250)
  expect(output).toContain(
    '! jidangan: kept as it is in the cloud; --update-goods would change price 250 → 1',
  )
  expect(output).toContain('Check the lines that begin with “!”.')
  expect(code).toBe(0)
})

test('--update-goods writes goods.json over the cloud', async () => {
  edit('jidangan', { price: 250 })
  const { output } = await setUp(fakeCloud, folder, { args: ['--update-goods'] })
  expect(inCloud('jidangan')?.price).toBe(1)
  expect(output).toContain('+ jidangan: changed (price 250 → 1)')
})

test('--update-goods keeps the fields that the owner added', async () => {
  edit('jidangan', { price: 250, stock: 3 })
  await setUp(fakeCloud, folder, { args: ['--update-goods'] })
  expect(inCloud('jidangan')).toMatchObject({ price: 1, stock: 3 })
})

test('goods that the owner added stay, and are not mentioned', async () => {
  fakeCloud.cloud.database.insert('goods', [{ _id: 'new', name: '新品', price: 5 }])
  const { output } = await setUp(fakeCloud, folder, { args: ['--update-goods'] })
  expect(inCloud('new')).toEqual({ _id: 'new', name: '新品', price: 5 })
  expect(output).not.toContain('new:')
})

test('goods that the owner deleted come back', async () => {
  fakeCloud.cloud.database.remove('goods', { _id: 'jidangan' }, { multi: false })
  await setUp(fakeCloud, folder)
  expect(inCloud('jidangan')).toMatchObject({ name: '鸡蛋干' })
})

test('a document that a phone wrote is pointed out, and not changed', async () => {
  fakeCloud.cloud.database.insert('goods', [{ _id: 'cheap', price: 1, _openid: 'oAnotherShopper' }])
  const { output } = await setUp(fakeCloud, folder)
  expect(output).toContain('! "cheap": was written by a phone')
  expect(inCloud('cheap')).toBeDefined()
})
