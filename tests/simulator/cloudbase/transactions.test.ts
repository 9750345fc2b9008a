import { sdkOf, useCloudBase } from './support'

const { running, clock } = useCloudBase({ permissions: { goods: { aclTag: 'ADMINWRITE' } } })
let db: any
let _: any

beforeAll(async () => {
  db = (await sdkOf(running.cloudbase)).database()
  _ = db.command
})

beforeEach(async () => {
  await db
    .collection('goods')
    .where({ _id: _.exists(true) })
    .remove()
  await db.collection('goods').add({ data: { _id: 'tea', stock: 1 } })
})

const tea = async () => (await db.collection('goods').doc('tea').get()).data
const setStock = (stock: number) => db.collection('goods').doc('tea').update({ data: { stock } })

test('a transaction reads its own writes', async () => {
  const stock = await db.runTransaction(async (t: any) => {
    await t
      .collection('goods')
      .doc('tea')
      .update({ data: { stock: 2 } })
    return (await t.collection('goods').doc('tea').get()).data.stock
  })
  expect(stock).toBe(2)
})

test('a write is not visible to others before the commit', async () => {
  const t = await db.startTransaction()
  await t
    .collection('goods')
    .doc('tea')
    .update({ data: { stock: 2 } })
  expect((await tea()).stock).toBe(1)
  await t.commit()
  expect((await tea()).stock).toBe(2)
})

test('a transaction reads a snapshot of its start', async () => {
  const t = await db.startTransaction()
  await setStock(7)
  await db.collection('goods').add({ data: { _id: 'cup' } })
  expect((await t.collection('goods').where({}).get()).data).toEqual([{ _id: 'tea', stock: 1 }])
  await t.rollback()
})

test('a document that another removes is still in the snapshot', async () => {
  const t = await db.startTransaction()
  await db.collection('goods').doc('tea').remove()
  expect((await t.collection('goods').where({}).get()).data).toEqual([{ _id: 'tea', stock: 1 }])
  await t.rollback()
})

test('a document that another also wrote is a conflict at commit', async () => {
  const t = await db.startTransaction()
  await t
    .collection('goods')
    .doc('tea')
    .update({ data: { stock: 2 } })
  await setStock(7)
  await expect(t.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' })
  expect((await tea()).stock).toBe(7)
})

test('the SDK runs a transaction again after a conflict', async () => {
  let runs = 0
  await db.runTransaction(async (t: any) => {
    runs++
    const { stock } = (await t.collection('goods').doc('tea').get()).data
    if (runs === 1) await setStock(7)
    await t
      .collection('goods')
      .doc('tea')
      .update({ data: { stock: stock + 1 } })
  })
  expect(runs).toBe(2)
  expect((await tea()).stock).toBe(8)
})

test('a transaction that throws changes nothing', async () => {
  const run = db.runTransaction(async (t: any) => {
    await t.collection('goods').doc('tea').remove()
    throw new Error('changed my mind')
  })
  await expect(run).rejects.toThrow('changed my mind')
  expect(await tea()).toEqual({ _id: 'tea', stock: 1 })
})

test('a rollback rejects with its reason', async () => {
  const run = db.runTransaction((t: any) => t.rollback('sold out'))
  await expect(run).rejects.toBe('sold out')
})

test.each(['commit', 'rollback'])('nothing is allowed after %s', async (end) => {
  const t = await db.startTransaction()
  await t[end]()
  await expect(t.collection('goods').doc('tea').get()).rejects.toMatchObject({ errCode: -501001 })
  await expect(t.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
})

test('an abandoned transaction ends after 30 seconds', async () => {
  const t = await db.startTransaction()
  clock.advance(30_000)
  await expect(t.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
})

test('where().update() runs outside the transaction, as it does in the cloud', async () => {
  const t = await db.startTransaction()
  await t
    .collection('goods')
    .where({ _id: 'tea' })
    .update({ data: { stock: 3 } })
  expect((await tea()).stock).toBe(3)
  await t.rollback()
  expect((await tea()).stock).toBe(3)
})
