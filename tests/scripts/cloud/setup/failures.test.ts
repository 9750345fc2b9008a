import type { CloudFolder } from '../../../../scripts/cloud/setup/checkout'
import { KEY, startFakeCloud, type Fault, type FakeCloud } from '../../../support/fake-cloud'
import { ENV, setUp, smallFolder } from '../../../support/fake-cloud/set-up'

const open: FakeCloud[] = []
async function startFake(fault?: Fault): Promise<FakeCloud> {
  const fakeCloud = await startFakeCloud()
  fakeCloud.fault = fault
  open.push(fakeCloud)
  return fakeCloud
}

let folder: CloudFolder
beforeEach(() => (folder = smallFolder()))
afterEach(() => Promise.all(open.splice(0).map((fakeCloud) => fakeCloud.close())))

/** How many calls of the first run change something: each fails once. */
const WRITES = 13

test('the first run makes as many writing calls as fail below', async () => {
  const fakeCloud = await startFake()
  await setUp(fakeCloud, folder)
  expect(fakeCloud.writes).toHaveLength(WRITES)
})

describe.each(['before', 'after'] as const)('after a failure %s a call takes effect', (when) => {
  test.each([...Array(WRITES).keys()])('the next run completes the cloud: call %i', async (at) => {
    const whole = await startFake()
    const fakeCloud = await startFake({ at, when })
    const codes = [(await setUp(whole, folder)).code, (await setUp(fakeCloud, folder)).code]
    fakeCloud.fault = undefined
    codes.push((await setUp(fakeCloud, folder)).code)
    expect(codes).toEqual([0, 1, 0])
    expect(fakeCloud.cloud.contents()).toEqual(whole.cloud.contents())
  })

  test('the changes before it stay', async () => {
    const fakeCloud = await startFake({ at: 4, when })
    await setUp(fakeCloud, folder)
    expect(fakeCloud.cloud.tables.get('goods')?.aclTag).toBe('ADMINWRITE')
  })
})

describe('a failure is reported', () => {
  test.each([
    [0, 'Failed at Collections, goods: InternalError: struck'],
    [2, 'Failed at Permissions, goods ADMINWRITE: InternalError: struck'],
    [4, 'Failed at Indexes, orders by _openid, hidden, created_at: InternalError: struck'],
    [7, 'Failed at Pictures, goods/jidangan.png: InternalError: struck'],
    [8, 'Failed at Pictures, goods/jidangan.png: STORAGE_REQUEST_FAIL: [InternalError]: struck'],
    [11, 'Failed at Goods, jidangan: InternalError: struck'],
  ])('at call %i: %s', async (at, expected) => {
    const { output } = await setUp(await startFake({ at, when: 'before' }), folder)
    expect(output).toContain(expected)
    expect(output).toContain('Run the same command again to resume.')
  })

  test('with advice when nothing answers', async () => {
    const { urls, close } = await startFake()
    await close()
    const { code, output } = await setUp({ urls }, folder)
    expect(output).toContain('Failed at Environment: NETWORK: 127.0.0.1')
    expect(output).toContain('Check the network connection')
    expect(code).toBe(1)
  })

  test('and that a dry run changed nothing', async () => {
    const { urls, close } = await startFake()
    await close()
    const { output } = await setUp({ urls }, folder, { args: ['--dry-run'] })
    expect(output.split('\n').at(-1)).toBe('Dry run: nothing was changed.')
  })

  test('and names the environment that the account does not have', async () => {
    const env = { ...ENV, TCB_ENV_ID: 'another-env' }
    const { output } = await setUp(await startFake(), folder, { env })
    expect(output).toContain('ResourceNotFound: this account has no environment another-env.')
    expect(output).toContain('Is TCB_ENV_ID right')
  })
})

describe('a wrong key', () => {
  test('is named as wrong', async () => {
    const env = { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' }
    const { code, output } = await setUp(await startFake(), folder, { env })
    expect(output).toContain('Failed at Environment: AuthFailure.SignatureFailure')
    expect(output).toContain('TENCENTCLOUD_SECRETID or TENCENTCLOUD_SECRETKEY is wrong')
    expect(code).toBe(1)
  })

  test('changes nothing', async () => {
    const fakeCloud = await startFake()
    await setUp(fakeCloud, folder, { env: { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' } })
    expect(fakeCloud.writes).toEqual([])
  })

  test('is not printed, even where the service quotes it', async () => {
    const env = { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' }
    const { output } = await setUp(await startFake(), folder, { env })
    expect(output).toContain('Credential=***/')
    expect(output).not.toContain(KEY.secretId)
  })
})
