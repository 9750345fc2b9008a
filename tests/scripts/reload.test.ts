import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { get, request } from 'node:http'
import path from 'node:path'
import { start, type Started } from '../support/started'
import { runnableCopy } from './runnable-copy'

/* The files of data and settings, saved while `npm start` runs. */

let copy: string
let shop: Started
let address: string

beforeAll(async () => {
  copy = runnableCopy()
  shop = start(['--data', path.join(copy, 'data')], copy)
  address = await shop.address
}, 30_000)
afterAll(async () => {
  await shop.stop()
  rmSync(copy, { recursive: true, force: true })
})

const GOODS = 'cloud/database/goods.json'
const PERMISSIONS = 'cloud/database/permissions.json'
const read = (file: string) => readFileSync(path.join(copy, file), 'utf8')
const save = (file: string, text: string) => writeFileSync(path.join(copy, file), text)

/** Makes a call of shopper 1's phone. */
function call(name: string, body: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-shopper': '1' }
    const sent = request(`${address}/api/${name}`, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

const readGoods = (id: string) =>
  call('database', { collection: 'goods', op: 'get', where: { _id: id } })

/** Returns the price of a product, in fen; undefined when the shop does not have it. */
const priceOf = async (id: string): Promise<number | undefined> =>
  (await readGoods(id)).reply.data[0]?.price

/** Returns what an open phone is sent first: `reload`, or the errors that it shows. */
function phoneEvent(): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = get(`${address}/events`, (response) => {
      response.once('data', (chunk) => {
        resolve(String(chunk))
        stream.destroy()
      })
    })
    stream.on('error', reject)
  })
}

/** Waits until what `ask` returns passes `check`, at most ten seconds. Returns it. */
async function soon<T>(ask: () => Promise<T> | T, check: (found: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000
  let found = await ask()
  while (!check(found) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    found = await ask()
  }
  return found
}

/** Expects an error in the terminal and over the phone. */
async function expectError(text: string): Promise<void> {
  expect(await soon(phoneEvent, (event) => event.includes('build-error'))).toContain('build-error')
  const [file, ...others] = text.split(': ')
  const [name, line] = file!.split(/:(?=\d+$)/)
  const event = await phoneEvent()
  expect(event).toContain(`"file":"${name}","line":${line},`)
  expect(event).toContain(others.join(': '))
  expect(shop.output()).toContain(`${file}:1: ${others.join(': ')}`)
}

const expectRecovered = async () =>
  expect(await soon(phoneEvent, (event) => event.startsWith('event: reload'))).toMatch(
    /^event: reload/,
  )

describe('goods.json', () => {
  let good: string
  beforeAll(() => {
    good = read(GOODS)
  })

  test('is what the shop sells: changed prices, new goods, and none that were deleted', async () => {
    const before = await phoneEvent()
    const [, second = '', ...others] = good.trim().split('\n')
    const changed = { ...JSON.parse(second), price: 777 }
    const added = { ...JSON.parse(second), _id: 'new', price: 5 }
    save(
      GOODS,
      [changed, added]
        .map((item) => JSON.stringify(item))
        .concat(others)
        .join('\n'),
    )
    expect(
      await soon(
        () => priceOf(changed._id),
        (price) => price === 777,
      ),
    ).toBe(777)
    expect(await priceOf('new')).toBe(5)
    expect(await priceOf('jidangan')).toBeUndefined()
    expect(shop.output()).toMatch(/database {2}goods {2}reloaded: 2 changed, 1 removed/)
    // An open phone has another build, so that it reloads.
    expect(await soon(phoneEvent, (event) => event !== before)).not.toBe(before)
  })

  test('is sold at the new price by pay too', async () => {
    const data = { goods_id: 'new', key: '0'.repeat(32) }
    const { reply } = await call('callFunction', {
      name: 'pay',
      data: { type: 'unifiedorder', data },
    })
    expect(reply.result).toMatchObject({ code: 0, data: { total_fee: 5 } })
  })

  test.each<[what: string, line: (item: any) => string, problem: string]>([
    ['is not JSON', () => '{"_id": ', 'is not one JSON object'],
    [
      'has a price in yuan',
      (item) => JSON.stringify({ ...item, price: 9.9 }),
      'price is not a whole number of fen, at least 1 → ¥9.90 is 990, without quotes',
    ],
    [
      'names a picture that is missing',
      (item) => JSON.stringify({ ...item, picture: 'goods/none.png' }),
      'picture names no picture of cloud/storage',
    ],
  ])(
    'that %s is named with its line and reason, sells the last good ones, and recovers',
    async (_, line, problem) => {
      const lines = good.trim().split('\n')
      lines[2] = line(JSON.parse(lines[2]!))
      save(GOODS, lines.join('\n'))
      await expectError(`${GOODS}:3: ${problem}`)
      expect(await priceOf('zongzi')).toBe(5)
      save(GOODS, good)
      await expectRecovered()
      expect(await priceOf('jidangan')).toBe(1)
    },
  )

  test('that an editor replaces by another file is read each time', async () => {
    for (const price of [123, 456]) {
      const other = path.join(copy, 'goods.new')
      writeFileSync(
        other,
        good
          .replace('"price":1,', `"price":${price},`)
          .replace('"price": 1,', `"price": ${price},`),
      )
      renameSync(other, path.join(copy, GOODS))
      expect(
        await soon(
          () => priceOf('jidangan'),
          (now) => now === price,
        ),
      ).toBe(price)
    }
    save(GOODS, good)
    expect(
      await soon(
        () => priceOf('jidangan'),
        (now) => now === 1,
      ),
    ).toBe(1)
  })

  test('whose picture is deleted is reported, until the picture is back', async () => {
    const picture = path.join(copy, 'cloud', 'storage', 'jidangan.png')
    const content = readFileSync(picture)
    rmSync(picture)
    await expectError(`${GOODS}:1: picture names no picture of cloud/storage`)
    writeFileSync(picture, content)
    await expectRecovered()
  })
})

describe('permissions.json', () => {
  let good: string
  beforeAll(() => {
    good = read(PERMISSIONS)
  })

  test('decides about the next request of a phone', async () => {
    save(PERMISSIONS, good.replace('ADMINWRITE', 'ADMINONLY'))
    const denied = await soon(
      () => readGoods('zongzi'),
      ({ failure }) => failure !== undefined,
    )
    expect(denied.failure.errCode).toBe(-502003)
    save(PERMISSIONS, good)
    expect(
      await soon(
        () => readGoods('zongzi'),
        ({ reply }) => reply !== undefined,
      ),
    ).toHaveProperty('reply')
  })

  test.each([
    ['is not JSON', (text: string) => text.replace('},', '}'), `${PERMISSIONS}:3: is not JSON`],
    [
      'has a tag that does not exist',
      (text: string) => text.replace('ADMINWRITE', 'ALL'),
      `${PERMISSIONS}:2: goods: aclTag must be one of`,
    ],
    [
      'has a rule that cannot be read',
      (text: string) => text.replace('doc._openid', 'get(`x`)'),
      `${PERMISSIONS}:3: orders: the rule`,
    ],
  ])('that %s is named with its line, and the last good one stays', async (_, plant, says) => {
    save(PERMISSIONS, plant(good))
    await expectError(says)
    expect(await priceOf('zongzi')).toBe(5)
    save(PERMISSIONS, good)
    await expectRecovered()
  })
})

test.each([
  [
    'cloud/database/indexes.json',
    '-1',
    '"down"',
    'cloud/database/indexes.json:2: has wrong indexes of orders',
  ],
  [
    'cloudfunctions/pay-reconcile/config.json',
    '0 * * * * * *',
    '0 * * *',
    'cloudfunctions/pay-reconcile/config.json:3: has a wrong trigger: it has 4 fields, not 7',
  ],
  [
    'cloudfunctions/pay-message/config.json',
    '["subscribeMessage.send"]',
    '"subscribeMessage.send"',
    'cloudfunctions/pay-message/config.json:2: openapi is not a list of names',
  ],
  ['cloudbaserc.json', '"envId"', 'envId', 'cloudbaserc.json:2: is not JSON'],
])('%s is checked on save, and the next save recovers', async (file, from, to, says) => {
  const good = read(file)
  expect(good).toContain(from)
  save(file, good.replace(from, to))
  await expectError(says)
  save(file, good)
  await expectRecovered()
})

test('a broken config.json of one function does not keep another’s settings from being applied', async () => {
  const file = 'cloudfunctions/pay-message/config.json'
  const good = read(file)
  save(file, '{')
  await expectError(`${file}:1: is not JSON`)
  await expectLimitToChange()
  save(file, good)
  await expectRecovered()
})

test('saving the settings of a function changes how it runs', async () => {
  await expectLimitToChange()
})

/** Saves a time limit that is too short for any call of `pay`, then the old one. */
async function expectLimitToChange(): Promise<void> {
  const callPay = () => call('callFunction', { name: 'pay', data: { type: 'nothing' } })
  expect(await callPay()).toHaveProperty('reply')
  const good = read('cloudbaserc.json')
  save('cloudbaserc.json', good.replace('"timeout": 20', '"timeout": 0.001'))
  const { failure } = await soon(callPay, (found) => found.failure !== undefined)
  expect(failure.errCode).toBe(-504003)
  save('cloudbaserc.json', good)
  expect(await soon(callPay, (found) => found.reply !== undefined)).toHaveProperty('reply')
}
