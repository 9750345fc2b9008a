import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Permissions } from '../../../project/permissions'
import type { DatabaseRequest } from '../../../simulator/cloudbase/client-protocol'
import { project } from '../../support/project'
import { ANN, BOB, useCloudBase } from './support'

const DECLARED = JSON.parse(
  readFileSync(path.join(project.root, 'cloud/database/permissions.json'), 'utf8'),
)

const { running, log } = useCloudBase({
  permissions: {
    ...DECLARED,
    notes: { aclTag: 'READONLY' },
    diary: { aclTag: 'PRIVATE' },
    ledger: { aclTag: 'ADMINONLY' },
    drafts: {
      aclTag: 'CUSTOM',
      rule: { read: true, create: 'doc._openid == auth.openid', write: false },
    },
  },
})

beforeAll(() => {
  const { database } = running.cloudbase
  database.insert('goods', [{ _id: 'tea', price: 1 }])
  for (const collection of ['orders', 'notes', 'diary', 'drafts']) {
    database.insert(collection, [
      { _id: 'anns', _openid: ANN, n: 1 },
      { _id: 'bobs', _openid: BOB, n: 1 },
    ])
  }
})

const ask = (request: Partial<DatabaseRequest>, openid = ANN) =>
  running.cloudbase.client(openid).database(request)
const ids = (request: Partial<DatabaseRequest>) =>
  (ask({ op: 'get', ...request }).data as { _id: string }[]).map((doc) => doc._id)

const DENIED = expect.objectContaining({
  errCode: -502003,
  errMsg: expect.stringContaining('database permission denied'),
})

describe('goods, as the project declares them,', () => {
  test('can be read by everyone', () => {
    expect(ids({ collection: 'goods' })).toEqual(['tea'])
  })

  test.each<Partial<DatabaseRequest>>([
    { op: 'add', data: { name: 'free', price: 0 } },
    { op: 'update', id: 'tea', data: { price: 0 } },
    { op: 'update', where: {}, data: { price: 0 } },
    { op: 'set', id: 'tea', data: { price: 0 } },
    { op: 'set', id: 'new', data: { price: 0 } },
    { op: 'remove', id: 'tea' },
    { op: 'remove', where: {} },
  ])('cannot be written by a phone: %j', (request) => {
    expect(() => ask({ collection: 'goods', ...request })).toThrow(DENIED)
    expect(running.cloudbase.database.find('goods', { query: {} })).toEqual([
      { _id: 'tea', price: 1 },
    ])
  })
})

describe('orders, as the project declares them,', () => {
  const own = { _openid: '{openid}' }

  test.each([
    [own],
    [{ _openid: { $eq: '{openid}' } }],
    [{ $and: [{ n: 1 }, own] }],
    [{ $and: [{ $and: [own] }], n: { $lt: 5 } }],
    [{ _openid: ANN }],
  ])('can be read by their owner with a query by owner: %j', (where) => {
    expect(ids({ collection: 'orders', where })).toEqual(['anns'])
  })

  test('can be counted by their owner', () => {
    expect(ask({ collection: 'orders', op: 'count', where: own }).total).toBe(1)
  })

  test.each([
    [undefined],
    [{}],
    [{ n: 1 }],
    [{ _openid: BOB }],
    [{ _openid: { $ne: BOB } }],
    [{ _openid: { $in: ['{openid}', BOB] } }],
    [{ _openid: { $exists: true } }],
    [{ _openid: { $gt: '' } }],
    [{ $or: [own, { n: 1 }] }],
    [{ $or: [own] }],
    [{ $nor: [own] }],
    [{ '_openid.x': '{openid}' }],
    [{ $and: [{ $or: [own, { n: 1 }] }] }],
  ])('cannot be read with a query that may match others’: %j', (where) => {
    expect(() => ask({ collection: 'orders', op: 'get', ...(where ? { where } : {}) })).toThrow(
      DENIED,
    )
  })

  test('cannot be read by doc(id), even by their owner', () => {
    expect(() => ask({ collection: 'orders', op: 'get', id: 'anns' })).toThrow(DENIED)
  })

  test.each<Partial<DatabaseRequest>>([
    { op: 'add', data: { status: 1 } },
    { op: 'update', id: 'anns', data: { status: 1 } },
    { op: 'update', where: own, data: { status: 1 } },
    { op: 'set', id: 'anns', data: { status: 1 } },
    { op: 'set', id: 'new', data: { status: 1 } },
    { op: 'remove', where: own },
  ])('cannot be written, even by their owner: %j', (request) => {
    expect(() => ask({ collection: 'orders', ...request })).toThrow(DENIED)
    expect(running.cloudbase.database.get('orders', 'anns')).toEqual({
      _id: 'anns',
      _openid: ANN,
      n: 1,
    })
  })

  test('a refusal is logged with the collection', () => {
    expect(() => ask({ collection: 'orders', op: 'get' })).toThrow(DENIED)
    expect(log.at(-1)).toMatchObject({ source: 'database', name: 'orders' })
  })
})

describe('READONLY', () => {
  const collection = 'notes'

  test('lets everyone read', () => expect(ids({ collection })).toContain('bobs'))

  test('lets everyone add, under their own openid', () => {
    const { _id } = ask({ collection, op: 'add', data: { text: 'hello' } })
    expect(running.cloudbase.database.get(collection, _id!)).toMatchObject({ _openid: ANN })
  })

  test('lets the creator write', () => {
    const data = { n: 2 }
    expect(ask({ collection, op: 'update', id: 'anns', data }).stats).toEqual({ updated: 1 })
  })

  test.each<Partial<DatabaseRequest>>([
    { op: 'update', id: 'bobs', data: { n: 2 } },
    { op: 'remove', id: 'bobs' },
  ])('does not let others write: %j', (request) => {
    expect(Object.values(ask({ collection, ...request }).stats!)).toEqual([0])
  })

  test('does not let set replace another’s document', () => {
    expect(() => ask({ collection, op: 'set', id: 'bobs', data: {} })).toThrow(/E11000/)
  })

  test.each<Partial<DatabaseRequest>>([
    { op: 'add', data: { _openid: BOB } },
    { op: 'update', id: 'anns', data: { _openid: BOB } },
    { op: 'update', id: 'anns', data: { $set: { _openid: BOB } } },
    { op: 'set', id: 'anns', data: { _openid: BOB } },
  ])('does not let a phone write an openid: %j', (request) => {
    expect(() => ask({ collection, ...request })).toThrow(
      expect.objectContaining({ errCode: -501007 }),
    )
  })
})

describe('PRIVATE', () => {
  test('shows each shopper their own documents', () =>
    expect(ids({ collection: 'diary' })).toEqual(['anns']))

  test('hides the documents of others', () => {
    expect(() => ask({ collection: 'diary', op: 'get', id: 'bobs' })).toThrow(
      expect.objectContaining({ errCode: -1 }),
    )
  })

  test('is the default permission of a collection', () => {
    running.cloudbase.database.addCollection('unknown')
    running.cloudbase.database.insert('unknown', [{ _openid: BOB }])
    expect(ids({ collection: 'unknown' })).toEqual([])
  })
})

test.each(['get', 'count', 'remove'] as const)('ADMINONLY refuses %s', (op) => {
  expect(() => ask({ collection: 'ledger', op })).toThrow(DENIED)
})

describe('CUSTOM', () => {
  test('may have a rule for create only', () => {
    expect(ask({ collection: 'drafts', op: 'add', data: {} })._id).toBeDefined()
    expect(() =>
      ask({ collection: 'drafts', op: 'remove', where: { _openid: '{openid}' } }),
    ).toThrow(DENIED)
  })

  test('with read: true allows doc(id)', () => {
    const { data } = ask({ collection: 'drafts', op: 'get', id: 'bobs' })
    expect(data).toMatchObject({ _id: 'bobs' })
  })
})

describe('a rule', () => {
  const reads = (read: unknown, where: object) => {
    const permissions = new Permissions({ c: { aclTag: 'CUSTOM', rule: { read } } })
    return permissions.admit('c', 'read', where as Record<string, unknown>, ANN) !== undefined
  }

  test.each([
    ['true', {}, true],
    ['false', { _openid: ANN }, false],
    ['auth.openid==doc._openid', { _openid: ANN }, true],
    ['doc.a == auth.openid && doc.b == auth.openid', { a: ANN }, false],
    ['doc.a == auth.openid || doc.b == auth.openid', { b: ANN }, true],
    ['(false || true) && doc.a == auth.openid', { a: ANN }, true],
    ['false && true || true', {}, true],
    ['true || true && false', {}, true],
    [undefined, { _openid: ANN }, false],
  ])('%s, asked with %j: %j', (rule, where, allowed) => {
    expect(reads(rule, where)).toBe(allowed)
  })

  test.each([
    'doc.price > 0',
    'auth.openid != null',
    'doc.a == doc.b',
    'get(`x`).y == auth.openid',
    'true true',
    '(true',
    '',
  ])('%j cannot be parsed, and the error lists what is supported', (rule) => {
    expect(() => new Permissions({ c: { aclTag: 'CUSTOM', rule: { read: rule } } })).toThrow(
      /permissions.json: c: .*supported are/,
    )
  })
})

test.each([[[]], [{ c: {} }], [{ c: { aclTag: 'EVERYONE' } }], [{ c: { aclTag: 'CUSTOM' } }]])(
  '%j is not a valid declaration of permissions',
  (broken) => {
    expect(() => new Permissions(broken)).toThrow(/^permissions.json: /)
  },
)
