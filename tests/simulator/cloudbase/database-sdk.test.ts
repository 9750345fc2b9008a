import { sdkOf, useCloudBase } from './support'

const { running, clock } = useCloudBase()
let cloud: any
let db: any
let _: any
let collections = 0

beforeAll(async () => {
  cloud = await sdkOf(running.cloudbase)
  db = cloud.database()
  _ = db.command
})

/** Creates a collection with these documents. */
async function collection(...docs: object[]) {
  const name = `c${++collections}`
  await db.createCollection(name)
  for (const data of docs) await db.collection(name).add({ data })
  return db.collection(name)
}

describe('adding', () => {
  test('returns the given _id', async () => {
    const c = await collection()
    expect(await c.add({ data: { _id: 'a', n: 1 } })).toEqual({
      _id: 'a',
      errMsg: 'collection.add:ok',
    })
  })

  test('generates an _id of 32 hex characters', async () => {
    const c = await collection()
    expect((await c.add({ data: {} }))._id).toMatch(/^[0-9a-f]{32}$/)
  })

  test('keeps dates, large integers, fractions, null and nested values', async () => {
    const doc = {
      _id: 'a',
      at: new Date('2026-01-02T03:04:05Z'),
      big: 1_700_000_000_000,
      fraction: 1.5,
      none: null,
      nested: { list: [{ deep: true }] },
    }
    const c = await collection(doc)
    expect((await c.doc('a').get()).data).toEqual(doc)
  })

  test('an existing _id is -502001 with E11000 in its text', async () => {
    const c = await collection({ _id: 'a' })
    await expect(c.add({ data: { _id: 'a' } })).rejects.toMatchObject({
      errCode: -502001,
      errMsg: expect.stringContaining('E11000'),
    })
  })

  test('several documents adds none when one cannot be added', async () => {
    const c = await collection({ _id: 'b' })
    await c.add({ data: [{ _id: 'a' }, { _id: 'b' }] }).catch(() => {})
    expect((await c.count()).total).toBe(1)
  })

  test('sets serverDate to the simulated time', async () => {
    clock.advance(3_600_000)
    const c = await collection({ _id: 'a', at: db.serverDate({ offset: 500 }) })
    const late = (await c.doc('a').get()).data.at.getTime() - clock.now()
    expect(Math.abs(late)).toBeLessThan(5000)
  })
})

describe('a collection that does not exist', () => {
  test('cannot be read: -502005', async () => {
    await expect(db.collection('none').get()).rejects.toMatchObject({ errCode: -502005 })
  })

  test('cannot be written: -502005', async () => {
    await expect(db.collection('none').add({ data: {} })).rejects.toMatchObject({
      errCode: -502005,
    })
  })

  test('cannot be created twice', async () => {
    await db.createCollection('twice')
    await expect(db.createCollection('twice')).rejects.toMatchObject({
      errMsg: expect.stringContaining('Table exist'),
    })
  })
})

describe('reading', () => {
  const docs = [
    { _id: 'a', n: 1, tag: 'x', at: new Date(1000) },
    { _id: 'b', n: 2, tag: 'y', at: new Date(2000) },
    { _id: 'c', n: 3, tag: 'y', at: new Date(3000) },
  ]
  const ids = async (query: any) => (await query.get()).data.map((doc: any) => doc._id)
  let c: any
  beforeAll(async () => (c = await collection(...docs)))

  test('doc.get of an unknown id throws errCode -1', async () => {
    await expect(c.doc('none').get()).rejects.toMatchObject({ errCode: -1 })
  })

  test('doc.get of an unknown id is null with throwOnNotFound: false', async () => {
    const lenient = cloud.database({ throwOnNotFound: false }).collection(c.collectionName)
    expect((await lenient.doc('none').get()).data).toBeNull()
  })

  test('finds by comparison', async () => {
    expect(await ids(c.where({ n: _.gte(2).and(_.lt(3)) }))).toEqual(['b'])
  })

  test('finds by a list of values', async () => {
    expect(await ids(c.where({ n: _.in([1, 3]) }))).toEqual(['a', 'c'])
  })

  test('finds by either of two conditions', async () => {
    expect(await ids(c.where(_.or([{ n: 1 }, { tag: 'y', n: 3 }])))).toEqual(['a', 'c'])
  })

  test('finds by date', async () => {
    expect(await ids(c.where({ at: _.lt(new Date(1500)) }))).toEqual(['a'])
  })

  test('finds by regular expression', async () => {
    expect(await ids(c.where({ tag: /^Y$/i }))).toEqual(['b', 'c'])
  })

  test('finds by _id and a further condition', async () => {
    expect(await ids(c.where({ _id: 'b', n: 1 }))).toEqual([])
  })

  test('orders, skips and limits', async () => {
    expect(await ids(c.orderBy('tag', 'desc').orderBy('n', 'desc').skip(1).limit(1))).toEqual(['b'])
  })

  test('returns only the requested fields', async () => {
    expect((await c.where({ n: 1 }).field({ tag: true }).get()).data).toEqual([
      { _id: 'a', tag: 'x' },
    ])
  })

  test('counts', async () => {
    expect((await c.where({ tag: 'y' }).count()).total).toBe(2)
  })

  test('returns 100 documents by default', async () => {
    const many = await collection()
    await many.add({ data: Array.from({ length: 120 }, (_item, n) => ({ n })) })
    expect((await many.get()).data).toHaveLength(100)
  })

  test('aggregates', async () => {
    const { list } = await c
      .aggregate()
      .match({ n: _.gt(1) })
      .group({ _id: '$tag', sum: db.command.aggregate.sum('$n') })
      .limit(5)
      .end()
    expect(list).toEqual([{ _id: 'y', sum: 5 }])
  })

  test('does not run code in a query', async () => {
    await expect(c.where({ $where: 'true' }).get()).rejects.toMatchObject({ errCode: -502001 })
  })
})

describe('the queries of a timer', () => {
  const docs = [
    { _id: 'a', status: 0, next_check_at: 300, message: { event: 'paid', state: 'sent' } },
    { _id: 'b', status: 1, next_check_at: 100, message: { event: 'paid', state: 'owed' } },
    { _id: 'c', status: 0, next_check_at: 100 },
    { _id: 'd', status: 3, next_check_at: 200, message: { event: 'paid', state: 'claimed' } },
    { _id: 'e', status: 2 },
    { _id: 'f', status: 0, next_check_at: '50', message: null },
    { _id: 'g', status: '0', next_check_at: null, message: 'owed' },
  ]
  let c: any
  beforeAll(async () => (c = await collection(...docs)))
  const ids = async (query: any) =>
    (await query.get()).data.map((doc: any) => doc._id as string).join('')

  test.each([
    ['values outside a list', () => ({ 'message.state': _.nin(['sent', 'owed']) }), 'cdefg'],
    ['values in a list', () => ({ 'message.state': _.in(['sent', 'claimed']) }), 'ad'],
    ['other values and absent ones', () => ({ 'message.state': _.neq('sent') }), 'bcdefg'],
    ['other numbers and texts', () => ({ status: _.neq(0) }), 'bdeg'],
    ['a nested value given as an object', () => ({ message: { state: 'owed' } }), 'b'],
    ['a greater number', () => ({ next_check_at: _.gt(100) }), 'ad'],
    ['numbers up to a limit, but no text', () => ({ next_check_at: _.lte(999) }), 'abcd'],
    ['texts up to a limit, but no number', () => ({ next_check_at: _.lte('999') }), 'f'],
    ['a number, not its text', () => ({ status: 0 }), 'acf'],
    ['a text, not its number', () => ({ status: _.in(['0', '3']) }), 'g'],
    ['a range', () => ({ next_check_at: _.gte(100).and(_.lt(300)), status: _.nin([0]) }), 'bd'],
    [
      'either of two conditions',
      () =>
        _.or([
          { status: 0, next_check_at: _.lte(100) },
          { status: _.in([1, 3]), 'message.state': _.neq('claimed') },
        ]),
      'bc',
    ],
    [
      'either of two conditions, and another one',
      () => {
        const either = _.or([{ status: 0 }, { 'message.state': 'claimed' }])
        return _.and([{ next_check_at: _.lte(250) }, either])
      },
      'cd',
    ],
    ['an absent field', () => ({ next_check_at: _.exists(false) }), 'e'],
  ] as const)('find and count %s', async (_what, condition, found) => {
    expect(await ids(c.where(condition()).orderBy('_id', 'asc'))).toBe(found)
    expect((await c.where(condition()).count()).total).toBe(found.length)
  })

  test('order by two fields: absent ones first, then numbers, then texts', async () => {
    const first = c.orderBy('next_check_at', 'asc')
    expect(await ids(first.orderBy('_id', 'asc'))).toBe('egbcdaf')
    expect(await ids(first.orderBy('_id', 'desc'))).toBe('gecbdaf')
    expect(await ids(c.orderBy('next_check_at', 'desc').orderBy('_id', 'asc'))).toBe('fadbceg')
  })

  test('page through all due documents, a hundred at a time, each once', async () => {
    const due = await collection()
    await due.add({
      data: Array.from({ length: 250 }, (_item, n) => ({ _id: `o${1000 + n}`, at: (n * 7) % 10 })),
    })
    const pages: string[][] = []
    let rest: object = { at: _.lte(9) }
    do {
      const page = due.where(rest).orderBy('at', 'asc').orderBy('_id', 'asc').limit(100)
      const { data } = await page.get()
      pages.push(data.map((doc: any) => `${doc.at}${doc._id}`))
      const { at, _id } = data.at(-1)
      rest = _.or([{ at: _.gt(at) }, { at, _id: _.gt(_id) }])
    } while (pages.at(-1)!.length === 100)
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50])
    const all = pages.flat()
    expect(new Set(all).size).toBe(250)
    expect(all).toEqual([...all].sort())
  })
})

describe('updating', () => {
  test('merges fields, including nested ones', async () => {
    const c = await collection({ _id: 'a', n: 1, nested: { x: 1 } })
    await c.doc('a').update({ data: { n: _.inc(2), nested: { y: 2 }, list: _.push(['z']) } })
    expect((await c.doc('a').get()).data).toEqual({
      _id: 'a',
      n: 3,
      nested: { x: 1, y: 2 },
      list: ['z'],
    })
  })

  test('removes a field', async () => {
    const c = await collection({ _id: 'a', n: 1 })
    await c.doc('a').update({ data: { n: _.remove() } })
    expect((await c.doc('a').get()).data).toEqual({ _id: 'a' })
  })

  test('counts only documents that changed', async () => {
    const c = await collection({ _id: 'a', n: 1 }, { _id: 'b', n: 2 })
    expect((await c.where({}).update({ data: { n: 2 } })).stats.updated).toBe(1)
  })

  test('an unknown document is not an error', async () => {
    const c = await collection()
    expect((await c.doc('none').update({ data: { n: 1 } })).stats.updated).toBe(0)
  })

  test('with a compare-and-set succeeds only once per revision', async () => {
    const c = await collection({ _id: 'a', rev: 1 })
    const swap = () => c.where({ _id: 'a', rev: 1 }).update({ data: { rev: 2 } })
    const counts = (await Promise.all([swap(), swap(), swap()])).map((r) => r.stats.updated)
    expect(counts).toHaveLength(3)
    expect(counts.filter((count) => count === 1)).toHaveLength(1)
  })

  test('does not create a field inside null', async () => {
    const c = await collection({ _id: 'a', x: null })
    await expect(c.doc('a').update({ data: { x: { y: 1 } } })).rejects.toMatchObject({
      errCode: -502001,
      errMsg: expect.stringContaining("Cannot create field 'y' in element {x: null}"),
    })
  })

  test('does not increment a text', async () => {
    const c = await collection({ _id: 'a', n: 'one' })
    await expect(c.doc('a').update({ data: { n: _.inc(1) } })).rejects.toMatchObject({
      errCode: -502001,
    })
  })

  test('many documents changes none when one cannot be changed', async () => {
    const c = await collection({ _id: 'a', x: {} }, { _id: 'b', x: null })
    await c
      .where({})
      .update({ data: { x: { y: 1 } } })
      .catch(() => {})
    expect((await c.doc('a').get()).data.x).toEqual({})
  })

  test('set replaces the whole document', async () => {
    const c = await collection({ _id: 'a', n: 1 })
    expect((await c.doc('a').set({ data: { m: 2 } })).stats).toEqual({ created: 0, updated: 1 })
    expect((await c.doc('a').get()).data).toEqual({ _id: 'a', m: 2 })
  })

  test('set adds a document that does not exist', async () => {
    const c = await collection()
    expect((await c.doc('a').set({ data: { m: 2 } })).stats).toEqual({ created: 1, updated: 0 })
  })

  test('remove counts the removed documents', async () => {
    const c = await collection({ _id: 'a' }, { _id: 'b' })
    expect((await c.where({ _id: 'a' }).remove()).stats.removed).toBe(1)
    expect((await c.doc('a').remove()).stats.removed).toBe(0)
  })
})
