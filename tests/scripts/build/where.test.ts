import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { buildFiles, buildFunction } from '../../../scripts/build/build-function'
import { findPlace, readPlace } from '../../../scripts/build/find-place'
import { project } from '../../support/project'
import { smallProject, type SmallProject } from '../../support/small-project'

const ERRORS = JSON.stringify(path.join(project.root, 'cloudfunctions/pay/src/errors'))

/** A function that returns what the shop's functions log about an unknown error. */
const SOURCE = `import { nameAndPlace } from ${ERRORS}

class Order {
  get price(): number {
    throw new RangeError('a secret')
  }
}

export function main() {
  try {
    return new Order().price
  } catch (error) {
    return nameAndPlace(error)
  }
}
`

let shop: SmallProject
let build: string
let log: string
beforeAll(async () => {
  shop = smallProject(SOURCE)
  build = (await buildFunction(shop, 'shop')).build
  log = require(buildFiles(shop, 'shop').code).main()
})
afterAll(() => shop.remove())

const find = (text: string) => Object.fromEntries(findPlace(shop, readPlace(text)))
const THROW = {
  file: 'cloudfunctions/shop/src/index.ts',
  line: 5,
  column: 11,
  text: "throw new RangeError('a secret')",
}

test('a built function logs the name of an unknown error, the place and the build', () => {
  expect(log).toMatch(/^RangeError at index\.js:\d+:\d+ of shop-[0-9a-f]{8}$/)
  expect(log).toContain(build)
})

test('the place in the log leads to the source line', () => {
  expect(find(log)).toEqual({ shop: THROW })
  expect(find(`{"action":"pay","outcome":"UNKNOWN","why":"${log}","ms":3}`)).toEqual({
    shop: THROW,
  })
})

test('without the build every function is searched', () => {
  expect(find(/index\.js:\d+:\d+/.exec(log)![0])).toEqual({ shop: THROW })
})

test.each([
  ['', /^No place is given\. Use: npm run where -- index\.js:LINE:COLUMN \[BUILD\]/],
  ['index.js:12', /^There is no index\.js:LINE:COLUMN in index\.js:12\. Use: /],
  ['config/index.ts:1:2', /^There is no index\.js:LINE:COLUMN in /],
  ['index.js:1:99999999', /^No function has a source at line 1, column 99999999/],
  ['index.js:99999:1', /^No function has a source at line 99999, column 1/],
  ['index.js:1:0', /^No function has a source at line 1, column 0/],
  ['index.js:1:20 shop-00000000', /^The log is of shop-00000000, and the present build is shop-/],
  ['index.js:1:20 of pay-3f2a91c0', /^There is no function pay, but shop\.$/],
])('“%s” is answered by what is wrong', (text, message) => {
  expect(() => find(text)).toThrow(message)
})

test('a function that is not built is said to be so', () => {
  const other = smallProject(SOURCE)
  const search = () => findPlace(other, readPlace('index.js:1:20'))
  expect(search).toThrow(/^shop is not built\. Run npm run build with the sources that were upload/)
  other.remove()
})

test('a build of which only the code is left cannot be searched', async () => {
  const other = smallProject(SOURCE)
  await buildFunction(other, 'shop')
  rmSync(path.join(other.root, 'build'), { recursive: true })
  expect(() => findPlace(other, readPlace('index.js:1:20'))).toThrow(/^shop is not built/)
  other.remove()
})

describe('npm run where', () => {
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      ['run.cjs', 'where.ts'].map((file) => path.join(project.root, 'scripts', file)).concat(args),
      { cwd: shop.root, encoding: 'utf8' },
    )

  test('prints the place', () => {
    const [, place] = /(index\.js:\S+)/.exec(log)!
    const { stdout, status } = run(place!, build)
    expect(stdout).toBe(`shop  ${THROW.file}:5:11  ${THROW.text}\n`)
    expect(status).toBe(0)
  })

  test('explains itself, and fails with one line', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run where -- /),
    })
    const { status, stderr } = run('hello')
    expect(stderr).toMatch(/^There is no index\.js:LINE:COLUMN in hello\. Use: .*\n$/)
    expect(status).toBe(1)
  })
})
