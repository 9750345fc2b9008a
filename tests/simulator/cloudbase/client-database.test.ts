import { ANN, useCloudBase } from './support'

const { running, clock } = useCloudBase({
  permissions: { notes: { aclTag: 'READONLY' }, many: { aclTag: 'ADMINWRITE' } },
})

beforeAll(() => {
  running.cloudbase.database.insert(
    'many',
    Array.from({ length: 50 }, (_item, n) => ({ _id: `d${n}`, n, at: new Date(n * 1000) })),
  )
})

const ask = (request: object) => running.cloudbase.client(ANN).database(request)
const get = (request: object) => ask({ collection: 'many', op: 'get', ...request }).data as any[]

describe('the phone gets', () => {
  test('20 documents', () => expect(get({})).toHaveLength(20))
  test('20 documents even when it asks for more', () => expect(get({ limit: 50 })).toHaveLength(20))
  test('fewer when it asks for fewer', () => expect(get({ limit: 3 })).toHaveLength(3))

  test('the next page in order', () => {
    const page = get({ orderBy: [['n', 'desc']], skip: 20, limit: 2 })
    expect(page.map(({ n }) => n)).toEqual([29, 28])
  })

  test('only the fields it asks for', () => {
    expect(get({ limit: 1, field: { n: true } })).toEqual([{ _id: 'd0', n: 0 }])
  })

  test('dates marked as dates', () => {
    expect(get({ limit: 1 })[0].at).toEqual({ $date: 0 })
  })

  test('documents by date', () => {
    expect(get({ where: { at: { $lt: { $date: 2000 } } } })).toHaveLength(2)
  })

  test('one document by its id', () => {
    expect(ask({ collection: 'many', op: 'get', id: 'd7' }).data).toMatchObject({ n: 7 })
  })

  test('errCode -1 for an unknown id', () => {
    expect(() => get({ id: 'none' })).toThrow(
      expect.objectContaining({
        errCode: -1,
        errMsg: expect.stringContaining('document.get:fail'),
      }),
    )
  })

  test('errCode -502005 for an unknown collection', () => {
    expect(() => get({ collection: 'none' })).toThrow(expect.objectContaining({ errCode: -502005 }))
  })
})

test.each([
  { where: { $where: 'true' } },
  { where: { $expr: { $eq: [1, 1] } } },
  { where: { n: { $function: 'x' } } },
  { where: { $and: [{ n: { $where: 'true' } }] } },
  { where: { n: { $not: { $jsonSchema: {} } } } },
])('an operator that is not available to phones is refused: %j', (request) => {
  expect(() => get(request)).toThrow(expect.objectContaining({ errCode: -502002 }))
})

test.each([
  null,
  [],
  { op: 'drop', collection: 'many' },
  { op: 'get' },
  { op: 'get', collection: 'many', id: { $ne: '' } },
  { op: 'get', collection: 'many', where: 'all' },
  { op: 'get', collection: 'many', limit: 0 },
  { op: 'get', collection: 'many', skip: -1 },
  { op: 'get', collection: 'many', orderBy: [['n', 'up']] },
  { op: 'get', collection: 'many', field: { n: { $slice: 1 } } },
  { op: 'add', collection: 'notes' },
  { op: 'set', collection: 'notes', data: {} },
])('an invalid request is refused: %j', (request) => {
  expect(() => ask(request as object)).toThrow(expect.objectContaining({ errCode: -501007 }))
})

describe('writing', () => {
  const collection = 'notes'
  const note = () => {
    const data = { n: 1, nested: { x: 1 }, at: { $serverDate: 500 } }
    return ask({ collection, op: 'add', data })._id!
  }
  const stored = (id: string) => running.cloudbase.database.get(collection, id) as any

  test('sets serverDate to the simulated time', () => {
    expect(Math.abs(stored(note()).at.getTime() - clock.now())).toBeLessThan(5000)
  })

  test('merges the fields of an update', () => {
    const id = note()
    ask({ collection, op: 'update', id, data: { 'nested.y': 2 } })
    expect(stored(id).nested).toEqual({ x: 1, y: 2 })
  })

  test('accepts update operators', () => {
    const id = note()
    ask({ collection, op: 'update', id, data: { $inc: { n: 2 }, $unset: { nested: '' } } })
    expect(stored(id)).toMatchObject({ n: 3 })
    expect(stored(id).nested).toBeUndefined()
  })

  test.each([
    { $rename: { n: '_openid' } },
    { $set: { x: { $where: '' } } },
    { $inc: { n: 1 }, n: 2 },
  ])('refuses %j as a change', (data) => {
    const id = note()
    expect(() => ask({ collection, op: 'update', id, data })).toThrow(
      expect.objectContaining({ errCode: -502002 }),
    )
  })

  test('set replaces the document and keeps its owner', () => {
    const id = note()
    const { stats } = ask({ collection, op: 'set', id, data: { m: 1 } })
    expect(stats).toEqual({ updated: 1, created: 0 })
    expect(stored(id)).toEqual({ _id: id, _openid: ANN, m: 1 })
  })

  test('set adds a document that does not exist', () => {
    const { stats } = ask({ collection, op: 'set', id: 'fresh', data: { m: 1 } })
    expect(stats).toEqual({ updated: 0, created: 1 })
  })

  test('remove counts the removed documents', () => {
    const id = note()
    expect(ask({ collection, op: 'remove', id }).stats).toEqual({ removed: 1 })
  })
})
