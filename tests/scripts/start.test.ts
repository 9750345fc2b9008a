import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { get } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { start, type Started } from '../support/started'
import { runnableCopy } from './runnable-copy'

let data: string
let copies: string[] = []
let running: Started[] = []

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'start-test-'))
})
afterEach(async () => {
  await Promise.all(running.map((started) => started.stop()))
  running = []
  for (const folder of [data, ...copies]) rmSync(folder, { recursive: true, force: true })
  copies = []
})

/** The first line of every start. */
const STARTING = 'Starting the shop: building its cloud functions and the mini program …\n'

/** What `npm start` runs, with its state in a folder of the test's own. */
function startHere(...args: string[]): Started {
  return startIn(process.cwd(), ...args)
}

/** The same in a copy of the project. */
function startIn(folder: string, ...args: string[]): Started {
  const started = start(['--data', data, ...args], folder)
  running.push(started)
  return started
}

const statusOf = (address: string, headers: Record<string, string>) =>
  new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })

test('prints the address when the shop is ready, and ends on Ctrl-C', async () => {
  const started = startHere()
  expect(await statusOf(await started.address, {})).toBe(200)
  // Windows has no SIGINT for another process: there it is killed.
  expect(await started.stop()).toBe(process.platform === 'win32' ? null : 0)
})

test('says at once what it is doing, before the simulator is loaded', async () => {
  const asked = performance.now()
  const started = startHere()
  await new Promise((resolve) => started.child.stdout?.once('data', resolve))
  const first = performance.now() - asked
  expect(started.output()).toBe(STARTING)
  await started.address
  // A ratio, since machines differ. Loading the simulator alone takes longer than this line.
  expect(first / (performance.now() - asked)).toBeLessThan(0.4)
})

test('refuses foreign Host and Origin headers', async () => {
  const { address } = startHere()
  const url = await address
  expect(await statusOf(url, { host: 'shop.example' })).toBe(403)
  expect(await statusOf(url, { origin: 'https://shop.example' })).toBe(403)
})

test('a port in use is reported in one line that names it and suggests another', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { output, ended } = startHere('--port', String(port))
  expect(await ended).toBe(1)
  server.close()
  expect(output()).toBe(
    `${STARTING}Port ${port} is in use: choose another one with npm start -- --port ${port + 1}\n`,
  )
})

test('a second simulator with the same data is refused in one line that names the first', async () => {
  const first = startHere()
  await first.address
  const second = startHere()
  expect(await second.ended).toBe(1)
  expect(second.output()).toBe(
    `${STARTING}Another simulator (process ${first.child.pid}) is using ${data}: stop it first. If that process is something else, delete ${path.join(data, 'running')}.\n`,
  )
})

test('damaged data is reported in one line, and --fresh starts from scratch', async () => {
  writeFileSync(path.join(data, 'cloudbase.journal'), 'not a line of a journal\n{}\n')
  const damaged = startHere()
  expect(await damaged.ended).toBe(1)
  expect(damaged.output()).toContain('cloudbase.journal is damaged at line 1')
  expect(damaged.output()).toContain('npm start -- --fresh')
  expect(damaged.output().replace(STARTING, '').trim()).not.toContain('\n')
  await startHere('--fresh').address
})

test('a damaged merchant is reported in one line', async () => {
  mkdirSync(path.join(data, 'merchant'))
  writeFileSync(path.join(data, 'merchant', 'merchant.json'), '{')
  const { output, ended } = startHere()
  expect(await ended).toBe(1)
  expect(output()).toContain('merchant.json is damaged')
  expect(output().replace(STARTING, '').trim()).not.toContain('\n')
})

test('a data folder that cannot be written is reported in one line', async () => {
  const file = path.join(data, 'file')
  writeFileSync(file, '')
  const { output, ended } = startHere('--data', path.join(file, 'folder'))
  expect(await ended).toBe(1)
  expect(output()).toMatch(/^The data folder .* cannot be written \(.*\)\.\n$/m)
})

test('--fresh leaves what is not the simulator’s own', async () => {
  const file = path.join(data, 'notes.txt')
  appendFileSync(file, 'mine')
  await startHere('--fresh').address
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('goods whose name cannot be sent to WeChat Pay are named with their line, and nothing starts', async () => {
  const copy = runnableCopy()
  copies.push(copy)
  const bell = {
    _id: 'bell',
    name: '铃\u0007铛',
    description: '响',
    price: 1,
    picture: 'goods/miju.png',
  }
  const empty = { ...bell, _id: 'empty', name: '\n' }
  const file = path.join(copy, 'cloud', 'database', 'goods.json')
  writeFileSync(file, [bell, empty].map((item) => JSON.stringify(item)).join('\n\n'))
  const { output, ended } = startIn(copy)
  expect(await ended).toBe(1)
  expect(output().replace(STARTING, '')).toBe(
    [
      '✗ cloud/database/goods.json:1: name of "bell" has U+0007, which cannot be sent to WeChat Pay',
      '    → delete from the name what JSON may write as \\u0007',
      '✗ cloud/database/goods.json:3: name of "empty" is not a text, or is empty',
      '    → write the name in quotes',
      '',
    ].join('\n'),
  )
})

test('goods that are not JSON or are missing are named, and nothing starts', async () => {
  const copy = runnableCopy()
  copies.push(copy)
  const file = path.join(copy, 'cloud', 'database', 'goods.json')
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"_id": bell}\n`)
  const broken = startIn(copy)
  expect(await broken.ended).toBe(1)
  expect(broken.output()).toMatch(/^✗ cloud\/database\/goods\.json:13: is not one JSON object\n/m)
  rmSync(file)
  const missing = startIn(copy)
  expect(await missing.ended).toBe(1)
  expect(missing.output()).toMatch(/^✗ .*goods\.json.*(is missing|there is no )/m)
})

test.each<[file: string, from: string, to: string, says: RegExp]>([
  [
    'cloud/database/goods.json',
    'goods/jidangan.png',
    'goods/none.png',
    /^✗ cloud\/database\/goods\.json:1: picture names no picture/m,
  ],
  [
    'cloud/database/goods.json',
    '"price":1,',
    '"price":0.01,',
    /^✗ cloud\/database\/goods\.json:1: price is not a whole number of fen/m,
  ],
  [
    'cloud/database/permissions.json',
    'ADMINWRITE',
    'ALL',
    /^✗ cloud\/database\/permissions\.json:2: goods: aclTag must be/m,
  ],
  [
    'cloud/database/indexes.json',
    '-1',
    '2',
    /^✗ cloud\/database\/indexes\.json:2: has wrong indexes of orders/m,
  ],
  [
    'cloudfunctions/pay-reconcile/config.json',
    '"timer"',
    '"clock"',
    /^✗ cloudfunctions\/pay-reconcile\/config\.json:3: has a wrong trigger: its type is clock/m,
  ],
])(
  '%s with %s changed to %s is named with line and reason, and nothing starts',
  async (file, from, to, says) => {
    const copy = runnableCopy()
    copies.push(copy)
    const text = readFileSync(path.join(copy, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(path.join(copy, file), text.replace(from, to))
    const { output, ended } = startIn(copy)
    expect(await ended).toBe(1)
    expect(output()).toMatch(says)
    expect(output()).not.toContain('http://')
  },
)
