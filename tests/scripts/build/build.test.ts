import { readFileSync } from 'node:fs'
import { functionEntry, functionNames } from '../../../project/functions'
import {
  buildEntry,
  buildFiles,
  buildFunction,
  type BuildRecord,
} from '../../../scripts/build/build-function'
import { moduleOf, packageOf } from '../../../scripts/build/defer-modules'
import { filesIn } from '../../../scripts/checks/project-files'
import { project } from '../../support/project'
import { smallProject } from '../../support/small-project'

const built = new Map<string, Awaited<ReturnType<typeof buildEntry>>>()
const names = functionNames(project.cloudfunctionRoot)
beforeAll(async () => {
  for (const name of names) {
    built.set(name, await buildEntry(project, name, functionEntry(project, name)))
  }
})

test.each([
  ['pay', 1_300_000],
  ['pay-message', 900_000],
])('%s has at most %i bytes', (name, most) => {
  const { code, record } = built.get(name)!
  expect(record.bytes).toBe(Buffer.byteLength(code))
  expect(record.bytes).toBeLessThanOrEqual(most)
})

describe.each(names)('the list of what %s contains', (name) => {
  const packages = () => built.get(name)!.record.packages

  test('has a name, a version and a licence for each package', () => {
    expect(packages().length).toBeGreaterThan(20)
    for (const { name: own, version, licence } of packages()) {
      expect(own).toMatch(/^(@[\w-]+\/)?[\w.-]+$/)
      expect(version).toMatch(/^\d+\.\d+\.\d+/)
      expect(licence).not.toBe('')
    }
    expect(packages()).toContainEqual({ name: 'wx-server-sdk', version: '4.0.2', licence: 'MIT' })
  })

  test('has every package whose code is in the source map', () => {
    const { sources } = JSON.parse(built.get(name)!.map) as { sources: string[] }
    const folders = sources
      .filter((source) => source.includes('node_modules/'))
      .map((source) => packageOf(moduleOf(source)))
    const listed = packages().map((one) => one.name)
    // npm installs it under this name.
    const aliases = new Map([['request', '@cypress/request']])
    const missing = folders.filter((one) => !listed.includes(aliases.get(one) ?? one))
    expect([...new Set(missing)].filter((one) => !LEFT_OUT.includes(one))).toEqual([])
  })

  test('has no version with a known vulnerability of axios, lodash.set or request', () => {
    const versions = Object.fromEntries(packages().map((one) => [one.name, one.version]))
    expect(versions['axios']).toBe('1.21.1')
    expect(versions).not.toHaveProperty(['lodash.set'])
    expect(versions).not.toHaveProperty('request')
  })
})

/** The source map has the `throw` that replaces these. */
const LEFT_OUT = [
  '@cloudbase/wx-cloud-client-sdk',
  'aws-sign2',
  'aws4',
  'http-signature',
  'jsonwebtoken',
  'mime-db',
  'mime-types',
]

test('the same sources give the same build', async () => {
  const again = await buildEntry(project, 'pay', functionEntry(project, 'pay'))
  expect(again.record).toEqual(built.get('pay')!.record)
  expect(again.code === built.get('pay')!.code).toBe(true)
  expect(again.map === built.get('pay')!.map).toBe(true)
})

test('only the code is in the folder that is uploaded', async () => {
  const shop = smallProject('export const main = () => 1\n')
  const before = filesIn(shop.root)
  const record = await buildFunction(shop, 'shop')
  const written = filesIn(shop.root).filter((file) => !before.includes(file))
  expect(written).toEqual([
    'build/shop/index.js.map',
    'build/shop/packages.json',
    'cloudfunctions/shop/index.js',
  ])
  const files = buildFiles(shop, 'shop')
  const stored = JSON.parse(readFileSync(files.record, 'utf8')) as BuildRecord
  expect(stored).toEqual(record)
  expect(readFileSync(files.code, 'utf8')).not.toContain('sourceMappingURL')
  shop.remove()
})

test('names stay as they are written, since errors are logged by them', async () => {
  const shop = smallProject(
    'export class SettleError extends Error {}\nexport function main() {}\n',
  )
  await buildFunction(shop, 'shop')
  const { SettleError, main } = require(buildFiles(shop, 'shop').code)
  expect([SettleError.name, main.name]).toEqual(['SettleError', 'main'])
  shop.remove()
})
