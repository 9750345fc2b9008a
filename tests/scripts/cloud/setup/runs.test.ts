import { existsSync, readFileSync } from 'node:fs'
import type { CloudFolder } from '../../../../scripts/cloud/setup/checkout'
import { startFakeCloud, type FakeCloud } from '../../../support/fake-cloud'
import { ENV, setUp, smallFolder } from '../../../support/fake-cloud/set-up'

let fakeCloud: FakeCloud
let folder: CloudFolder
beforeEach(async () => {
  fakeCloud = await startFakeCloud()
  folder = smallFolder()
})
afterEach(() => fakeCloud.close())

describe('the first run', () => {
  test('succeeds and says how much it did', async () => {
    const { code, output } = await setUp(fakeCloud, folder)
    expect(output).toContain('12 changes made. Run it again to check')
    expect(code).toBe(0)
  })

  test('lets phones read the goods, and never write them', async () => {
    await setUp(fakeCloud, folder)
    expect(fakeCloud.cloud.tables.get('goods')?.aclTag).toBe('ADMINWRITE')
  })

  test('lets phones read their own orders, and write none', async () => {
    await setUp(fakeCloud, folder)
    const { aclTag, rule } = fakeCloud.cloud.tables.get('orders')!
    expect([aclTag, JSON.parse(rule!)]).toEqual([
      'CUSTOM',
      { read: 'doc._openid == auth.openid', write: false },
    ])
  })

  test('makes an index for each query of the shop', async () => {
    await setUp(fakeCloud, folder)
    const names = fakeCloud.cloud.tables.get('orders')!.indexes.map(({ Name }) => Name)
    expect(names).toEqual([
      '_id_',
      '_openid_1_hidden_1_created_at_-1',
      '_openid_1_status_1_expires_at_1',
      'next_check_at_1__id_1',
    ])
  })

  test('uploads the pictures', async () => {
    await setUp(fakeCloud, folder)
    const uploaded = [...fakeCloud.cloud.files].map(([cloudPath, content]) => ({
      cloudPath,
      content,
    }))
    expect(uploaded).toEqual(folder.pictures)
  })

  test('adds the goods with the file ids of this environment', async () => {
    await setUp(fakeCloud, folder)
    expect(fakeCloud.cloud.documents('goods')).toContainEqual({
      ...folder.goods[0],
      picture: 'cloud://shop-1a2b3c.7368-shop-1a2b3c-1250000001/goods/jidangan.png',
    })
  })

  test('writes the same goods to a file for import by hand, a line each', async () => {
    await setUp(fakeCloud, folder)
    const lines = readFileSync(folder.importFile, 'utf8').trimEnd().split('\n')
    const byId = lines.map((line) => JSON.parse(line)).sort((a, b) => (a._id < b._id ? -1 : 1))
    expect(byId).toEqual(fakeCloud.cloud.documents('goods'))
  })

  test('takes a temporary key with its session token to both services', async () => {
    fakeCloud.sessionToken = 'temporary'
    const env = { ...ENV, TENCENTCLOUD_SESSIONTOKEN: 'temporary' }
    const { code } = await setUp(fakeCloud, folder, { env })
    expect(code).toBe(0)
  })

  test('sets up what an existing, empty collection lacks', async () => {
    fakeCloud.cloud.createTable('orders')
    await setUp(fakeCloud, folder)
    expect(fakeCloud.cloud.tables.get('orders')).toMatchObject({ aclTag: 'CUSTOM' })
  })
})

describe('the second run', () => {
  test('changes nothing, and the cloud is the same', async () => {
    await setUp(fakeCloud, folder)
    const before = fakeCloud.cloud.contents()
    fakeCloud.writes.length = 0
    await setUp(fakeCloud, folder)
    expect(fakeCloud.writes).toEqual([])
    expect(fakeCloud.cloud.contents()).toEqual(before)
  })

  test('reports everything as unchanged', async () => {
    await setUp(fakeCloud, folder)
    const { code, output } = await setUp(fakeCloud, folder)
    expect(output.match(/: unchanged$/gm)).toHaveLength(12)
    expect(output).toContain('Nothing had to be changed.')
    expect(code).toBe(0)
  })

  test('sets a permission again that was loosened', async () => {
    await setUp(fakeCloud, folder)
    fakeCloud.cloud.tables.get('goods')!.aclTag = 'READONLY'
    const { output } = await setUp(fakeCloud, folder)
    expect(fakeCloud.cloud.tables.get('goods')?.aclTag).toBe('ADMINWRITE')
    expect(output).toContain('+ goods ADMINWRITE: set')
  })

  test('sets a rule again that was changed', async () => {
    await setUp(fakeCloud, folder)
    const orders = fakeCloud.cloud.tables.get('orders')!
    const right = orders.rule
    orders.rule = JSON.stringify({ read: true, write: true })
    await setUp(fakeCloud, folder)
    expect(orders.rule).toBe(right)
  })

  test('treats a rule with other spaces as unchanged', async () => {
    await setUp(fakeCloud, folder)
    const orders = fakeCloud.cloud.tables.get('orders')!
    orders.rule = JSON.stringify(JSON.parse(orders.rule!), undefined, 2)
    fakeCloud.writes.length = 0
    await setUp(fakeCloud, folder)
    expect(fakeCloud.writes).toEqual([])
  })

  test('treats an index with the same keys and another name as unchanged', async () => {
    await setUp(fakeCloud, folder)
    fakeCloud.cloud.tables.get('orders')!.indexes[3]!.Name = 'made-by-hand'
    fakeCloud.writes.length = 0
    await setUp(fakeCloud, folder)
    expect(fakeCloud.writes).toEqual([])
  })

  test('uploads a picture that was changed', async () => {
    await setUp(fakeCloud, folder)
    folder.pictures[1]!.content = Buffer.from('another picture')
    fakeCloud.writes.length = 0
    await setUp(fakeCloud, folder)
    expect(fakeCloud.writes).toEqual(['storage.getUploadMetadata', 'PUT file'])
  })
})

describe('a dry run', () => {
  test.each([
    ['--dry-run', { args: ['--dry-run'] }],
    [
      'the variable that npm sets when -- is missing',
      { env: { ...ENV, npm_config_dry_run: 'true' } },
    ],
  ])('by %s changes nothing', async (_how, options) => {
    await setUp(fakeCloud, folder, options)
    expect(fakeCloud.calls).toContain('ListTables')
    expect(fakeCloud.writes).toEqual([])
    expect(existsSync(folder.importFile)).toBe(false)
  })

  test('says what would be done', async () => {
    const { output } = await setUp(fakeCloud, folder, { args: ['--dry-run'] })
    expect(output).toContain('+ goods: would be created')
    expect(output).toContain('Dry run: nothing was changed; 12 changes would be made.')
  })

  test('finds nothing to do after a real run', async () => {
    await setUp(fakeCloud, folder)
    const { output } = await setUp(fakeCloud, folder, { args: ['--dry-run'] })
    expect(output).toContain('nothing was changed; 0 changes would be made')
  })
})
