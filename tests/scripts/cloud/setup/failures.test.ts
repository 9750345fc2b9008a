import type { CloudFolder } from '../../../../scripts/cloud/setup/checkout'
import { KEY, startStandIn, type Fault, type StandIn } from '../../../support/cloud-stand-in'
import { ENV, setUp, smallFolder } from '../../../support/cloud-stand-in/set-up'

const open: StandIn[] = []
async function stand(fault?: Fault): Promise<StandIn> {
  const standIn = await startStandIn()
  standIn.fault = fault
  open.push(standIn)
  return standIn
}

let folder: CloudFolder
beforeEach(() => (folder = smallFolder()))
afterEach(() => Promise.all(open.splice(0).map((standIn) => standIn.close())))

/** How many calls of the first run change something: each fails once. */
const WRITES = 13

test('every writing call of the first run fails once below', async () => {
  const standIn = await stand()
  await setUp(standIn, folder)
  expect(standIn.writes).toHaveLength(WRITES)
})

describe.each(['before', 'after'] as const)('after a failure %s a call takes effect', (when) => {
  test.each([...Array(WRITES).keys()])('the next run completes the cloud: call %i', async (at) => {
    const whole = await stand()
    const standIn = await stand({ at, when })
    const codes = [(await setUp(whole, folder)).code, (await setUp(standIn, folder)).code]
    standIn.fault = undefined
    codes.push((await setUp(standIn, folder)).code)
    expect(codes).toEqual([0, 1, 0])
    expect(standIn.cloud.contents()).toEqual(whole.cloud.contents())
  })

  test('the changes before it stay', async () => {
    const standIn = await stand({ at: 4, when })
    await setUp(standIn, folder)
    expect(standIn.cloud.tables.get('goods')?.aclTag).toBe('ADMINWRITE')
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
    const { output } = await setUp(await stand({ at, when: 'before' }), folder)
    expect(output).toContain(expected)
    expect(output).toContain('Run the same command again to resume.')
  })

  test('in words when nothing answers', async () => {
    const { urls, close } = await stand()
    await close()
    const { code, output } = await setUp({ urls }, folder)
    expect(output).toContain('Failed at Environment: NETWORK: 127.0.0.1')
    expect(output).toContain('Check the network connection')
    expect(code).toBe(1)
  })

  test('and that a dry run changed nothing', async () => {
    const { urls, close } = await stand()
    await close()
    const { output } = await setUp({ urls }, folder, { args: ['--dry-run'] })
    expect(output.split('\n').at(-1)).toBe('Dry run: nothing was changed.')
  })

  test('and names the environment that the account does not have', async () => {
    const env = { ...ENV, TCB_ENV_ID: 'another-env' }
    const { output } = await setUp(await stand(), folder, { env })
    expect(output).toContain('ResourceNotFound: this account has no environment another-env.')
    expect(output).toContain('Is TCB_ENV_ID right')
  })
})

describe('a wrong key', () => {
  test('is named as wrong', async () => {
    const env = { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' }
    const { code, output } = await setUp(await stand(), folder, { env })
    expect(output).toContain('Failed at Environment: AuthFailure.SignatureFailure')
    expect(output).toContain('TENCENTCLOUD_SECRETID or TENCENTCLOUD_SECRETKEY is wrong')
    expect(code).toBe(1)
  })

  test('changes nothing', async () => {
    const standIn = await stand()
    await setUp(standIn, folder, { env: { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' } })
    expect(standIn.writes).toEqual([])
  })

  test('is not printed, even where the service quotes it', async () => {
    const env = { ...ENV, TENCENTCLOUD_SECRETKEY: 'mistypedKey' }
    const { output } = await setUp(await stand(), folder, { env })
    expect(output).toContain('Credential=***/')
    expect(output).not.toContain(KEY.secretId)
  })
})
